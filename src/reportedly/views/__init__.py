"""Pages, and the skins they are shown in."""

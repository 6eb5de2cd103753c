// Before anything is painted: the theme that was chosen last.
(function () {
  try {
    var theme = localStorage.getItem("reportedly-theme");
    if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
  } catch (error) { /* no storage: the system's theme stays */ }
})();

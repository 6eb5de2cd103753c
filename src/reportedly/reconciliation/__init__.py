"""From many readings to what stands behind them."""

"""Pictures: an ECharts option in, a PNG out."""

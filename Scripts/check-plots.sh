#!/usr/bin/env bash
# Draws a chart of every kind, and holds its specification against Vega-Lite's schema.
set -euo pipefail
cd "$(dirname "$0")/.."
Scripts/setup.sh notebooks
swift build --product PlotGallery
"$(swift build --show-bin-path)/PlotGallery" | .venv-notebooks/bin/python Scripts/check-plots.py

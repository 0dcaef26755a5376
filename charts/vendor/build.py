"""Make echarts.js anew: `python charts/vendor/build.py`, by hand, after a new release of ECharts; needs npm.

The packages come from npm by their exact versions, and nothing of them is run but the bundler.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ECHARTS, BUNDLER = "echarts@6.1.0", "esbuild@0.28.2"
LICENCES = {
    "LICENSE": "echarts/LICENSE",
    "NOTICE": "echarts/NOTICE",
    "LICENSE-zrender": "zrender/LICENSE",
    "LICENSE-d3": "echarts/licenses/LICENSE-d3",
    "LICENSE-tslib": "tslib/LICENSE.txt",
}
HEAD = f"/* {ECHARTS}, of which entry.js is a part; Apache-2.0, see LICENSE, NOTICE and LICENSE-* beside this file */"


def main() -> None:
    """Bundle entry.js with what it imports, and copy the licences."""
    with tempfile.TemporaryDirectory() as folder:
        _run("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", ECHARTS, BUNDLER, cwd=folder)
        shutil.copy(HERE / "entry.js", folder)
        bundler = Path(folder, "node_modules/.bin/esbuild")
        options = ("--bundle", "--minify", "--format=iife", "--global-name=echarts", "--target=es2020")
        defined = ('--define:process.env.NODE_ENV="production"', "--legal-comments=none", f"--banner:js={HEAD}")
        _run(str(bundler), "entry.js", *options, *defined, f"--outfile={HERE / 'echarts.js'}", cwd=folder)
        for name, source in LICENCES.items():
            shutil.copy(Path(folder, "node_modules", source), HERE / name)


def _run(*command: str, cwd: str) -> None:
    subprocess.run(command, cwd=cwd, check=True)  # noqa: S603 - our own commands


if __name__ == "__main__":
    main()

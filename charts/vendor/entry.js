// What of ECharts the pictures need; `build.py` makes echarts.js of it.
import { init, setPlatformAPI, use } from "echarts/core";
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, GridComponent, SVGRenderer]);
export { init, setPlatformAPI };

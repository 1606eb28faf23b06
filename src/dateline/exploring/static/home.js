// The first page: the map and the brush over the time line. Without this script the forms and tables do the same.
import { makeMap } from "./map.js";
import { makeBrush } from "./brush.js";

const map = document.getElementById("map");
if (map) makeMap(map);

const timeline = document.getElementById("timeline");
if (timeline) makeBrush(timeline);

// The first page: the map and the brush over the time line. Without this script the forms and tables do the same.
import { makeBrush } from "./brush.js";

const map = document.getElementById("map");
if (map) {
  const spots = fetch(map.dataset.spots); // asked for while the library is still being read
  import("./map.js").then(({ makeMap }) => makeMap(map, spots));
}

const timeline = document.getElementById("timeline");
if (timeline) makeBrush(timeline);

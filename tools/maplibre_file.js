// MapLibre for pages opened from a folder (file://), where a browser refuses modules and workers from files:
// one classic script that sets `maplibregl`, with its worker inside as text. Bundled by tools/vendor.py.
import * as maplibregl from "./maplibre-gl.mjs";
import worker from "./worker.txt";

maplibregl.setWorkerUrl(URL.createObjectURL(new Blob([worker], { type: "text/javascript" })));
globalThis.maplibregl = maplibregl;

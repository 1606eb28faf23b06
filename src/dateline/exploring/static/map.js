// The map of incidents: how exactly a place is known is how it is drawn. See `map_style.js` for how it looks.
import * as maplibregl from "/v/maplibre-gl.mjs";
import { disc, hatching } from "./discs.js";
import { DAY, NIGHT, spotLayers, worldStyle } from "./map_style.js";

const SOFT = new Set(["district", "county"]);
const REGION = new Set(["province", "region", "country", "unknown"]);
const CLICKED = ["dots", "soft", "waves", "regions"];

/**
 * Draw the map into an element.
 * @param {HTMLElement} element `data-spots` is where its places come from, `data-spot` where one place is told of.
 */
export async function makeMap(element) {
  document.getElementById("where").hidden = false;
  const [world, { spots }] = await Promise.all([load("/v/world.json"), load(element.dataset.spots)]);
  const night = matchMedia("(prefers-color-scheme: dark)");
  const look = () => (night.matches ? NIGHT : DAY);
  const map = new maplibregl.Map({
    container: element, style: worldStyle(look(), world), bounds: boundsOf(spots), fitBoundsOptions: { padding: 40, maxZoom: 7 },
    attributionControl: false, dragRotate: false, pitchWithRotate: false, renderWorldCopies: false, maxZoom: 11,
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.on("load", () => addSpots(map, spots, look()));
  new ResizeObserver(() => map.resize()).observe(element);
  map.on("idle", () => { element.dataset.idle = "yes"; });
  night.addEventListener("change", () => {
    map.setStyle(worldStyle(look(), world));
    map.once("styledata", () => addSpots(map, spots, look()));
  });
  letZoom(map);
  letClick(map, element);
  element.map = map; // so that tests can ask what is drawn
}

async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
  return answer.json();
}

/** @returns {number[][]} the corners of where nearly all incidents are, or of the inhabited world where there are none. */
function boundsOf(spots) {
  if (!spots.length) return [[-150, -50], [170, 70]];
  const [west, east] = middleOf(spots, 0);
  const [south, north] = middleOf(spots, 1);
  return [[west, south], [east, north]];
}

/** @returns {number[]} between which values of a column all but a fiftieth of the incidents at each end lie. */
function middleOf(spots, column) {
  const sorted = [...spots].sort((a, b) => a[column] - b[column]);
  const spare = sorted.reduce((sum, spot) => sum + spot[5], 0) / 50;
  const edge = (list) => {
    let passed = 0;
    return list.find((spot) => (passed += spot[5]) > spare)[column];
  };
  return [edge(sorted), edge(sorted.reverse())];
}

function addSpots(map, spots, look) {
  if (map.getSource("dots")) return;
  map.addImage("hatch", hatching(look.hatch), { pixelRatio: 2 });
  map.addSource("discs", { type: "geojson", data: collect(spots, discOf) });
  map.addSource("dots", {
    type: "geojson", data: collect(spots, dotOf), cluster: true, clusterRadius: 34, clusterMaxZoom: 8,
    clusterProperties: { incidents: ["+", ["get", "incidents"]], contested: ["+", ["get", "contested"]] },
  });
  spotLayers(look).forEach((layer) => map.addLayer(layer));
}

function collect(spots, shape) {
  return { type: "FeatureCollection", features: spots.map(shape).filter(Boolean) };
}

function about([, , , precision, wave, incidents, contested, n, place]) {
  const kind = wave ? "wave" : REGION.has(precision) ? "region" : SOFT.has(precision) ? "soft" : "dot";
  return { kind, incidents, contested, n, place };
}

function dotOf(spot) {
  const properties = about(spot);
  if (properties.kind !== "dot") return null;
  return { type: "Feature", properties, geometry: { type: "Point", coordinates: [spot[0], spot[1]] } };
}

function discOf(spot) {
  const properties = about(spot);
  if (properties.kind === "dot") return null;
  const ring = disc(spot[0], spot[1], spot[2] ?? 50);
  return { type: "Feature", properties, geometry: { type: "Polygon", coordinates: [ring] } };
}

function letZoom(map) {
  const options = matchMedia("(prefers-reduced-motion: reduce)").matches ? { duration: 0 } : {};
  document.getElementById("closer").addEventListener("click", () => map.zoomIn(options));
  document.getElementById("farther").addEventListener("click", () => map.zoomOut(options));
}

/** A click on a group goes closer; on a place it tells of its incidents beside the map. */
function letClick(map, element) {
  map.on("click", async (event) => {
    const [hit] = map.queryRenderedFeatures(event.point, { layers: CLICKED.filter((id) => map.getLayer(id)) });
    if (!hit) return;
    if (hit.properties.cluster) {
      const zoom = await map.getSource("dots").getClusterExpansionZoom(hit.properties.cluster_id);
      map.easeTo({ center: hit.geometry.coordinates, zoom: Math.min(zoom, 11) });
      return;
    }
    await tell(element, hit.properties.n);
  });
  map.on("mousemove", (event) => {
    const layers = CLICKED.filter((id) => map.getLayer(id));
    map.getCanvas().style.cursor = map.queryRenderedFeatures(event.point, { layers }).length ? "pointer" : "";
  });
}

/** Show the incidents of one place beside the map. The server made and escaped the words. */
async function tell(element, number) {
  const address = new URL(element.dataset.spot, location.href);
  address.searchParams.set("n", String(number));
  const answer = await fetch(address);
  const panel = document.getElementById("spot");
  if (!answer.ok) return;
  const made = new DOMParser().parseFromString(await answer.text(), "text/html");
  panel.replaceChildren(...made.body.childNodes);
  panel.hidden = false;
  panel.focus();
}

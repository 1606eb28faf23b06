// The map of incidents: how exactly a place is known is how it is drawn. See `map_style.js` for how it looks.
import * as maplibregl from "/v/maplibre-gl.mjs";
import { disc, hatching } from "./discs.js";
import { DAY, NEAR, NIGHT, mapStyle, pixels } from "./map_style.js";

const SOFT = new Set(["district", "county"]);
const REGION = new Set(["province", "region", "country", "unknown"]);
const CLICKED = ["dots", "soft", "waves", "regions", "far"];
const KM_PER_DEGREE = 111;

/** Of so many places known less exactly only those in view are drawn as areas, and from afar they are circles. */
const MANY = 500;

/**
 * Draw the map into an element.
 * @param {HTMLElement} element `data-spot` is where one place is told of.
 * @param {Promise<Response>} asked what the server answers to `data-spots`.
 */
export async function makeMap(element, asked) {
  document.getElementById("where").hidden = false;
  const answer = await asked;
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  const { spots } = await answer.json();
  const vague = spots.filter((spot) => kindOf(spot) !== "dot");
  const many = vague.length > MANY;
  const night = matchMedia("(prefers-color-scheme: dark)");
  const look = () => (night.matches ? NIGHT : DAY);
  const style = () => mapStyle(look(), sourcesOf(spots, vague, many), many);
  const map = new maplibregl.Map({
    container: element, style: style(), bounds: boundsOf(spots), fitBoundsOptions: { padding: 40, maxZoom: 7 },
    attributionControl: false, dragRotate: false, pitchWithRotate: false, renderWorldCopies: false, maxZoom: 11,
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  map.setMissingStyleImageResolver((id) => {
    const made = [DAY, NIGHT].find(({ pattern }) => pattern === id);
    if (made && !map.hasImage(id)) map.addImage(id, hatching(made.hatch), { pixelRatio: 2 });
  });
  new ResizeObserver(() => map.resize()).observe(element);
  map.on("idle", () => { element.dataset.idle = "yes"; });
  night.addEventListener("change", () => map.setStyle(style(), { diff: false }));
  if (many) for (const change of ["moveend", "style.load"]) map.on(change, () => drawNear(map, vague));
  letZoom(map);
  letClick(map, element);
  element.map = map; // so that tests can ask what is drawn
}

/** Draw as areas the places in view that are known less exactly. */
function drawNear(map, vague) {
  if (map.getZoom() < NEAR) return;
  const view = map.getBounds();
  const inView = vague.filter(([lon, lat, km]) => {
    const high = (km ?? 50) / KM_PER_DEGREE;
    const wide = high / Math.max(0.05, Math.cos((lat * Math.PI) / 180));
    return lon + wide > view.getWest() && lon - wide < view.getEast() && lat + high > view.getSouth() && lat - high < view.getNorth();
  });
  map.getSource("discs").setData(collect(inView, discOf));
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

function sourcesOf(spots, vague, many) {
  const dots = spots.filter((spot) => kindOf(spot) === "dot");
  return {
    far: { type: "geojson", data: collect(many ? vague : [], pointOf) },
    discs: { type: "geojson", data: collect(many ? [] : vague, discOf) },
    dots: {
      type: "geojson", data: collect(dots, pointOf), cluster: true, clusterRadius: 34, clusterMaxZoom: 8,
      clusterProperties: { incidents: ["+", ["get", "incidents"]], contested: ["+", ["get", "contested"]] },
    },
  };
}

function collect(spots, shape) {
  return { type: "FeatureCollection", features: spots.map(shape) };
}

function kindOf([, , , precision, wave]) {
  if (wave) return "wave";
  if (REGION.has(precision)) return "region";
  return SOFT.has(precision) ? "soft" : "dot";
}

function about(spot) {
  const [, lat, km, , , incidents, contested, n] = spot;
  return { kind: kindOf(spot), incidents, contested, n, wide: pixels(km ?? 50, lat) };
}

function pointOf(spot) {
  return { type: "Feature", properties: about(spot), geometry: { type: "Point", coordinates: [spot[0], spot[1]] } };
}

function discOf(spot) {
  const ring = disc(spot[0], spot[1], spot[2] ?? 50);
  return { type: "Feature", properties: about(spot), geometry: { type: "Polygon", coordinates: [ring] } };
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

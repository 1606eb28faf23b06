// How the map looks, by day and by night: land and water without drama, so that incidents stand out.

export const DAY = {
  water: "#d3dfe5", land: "#f8f6f0", border: "#bdb6a5", name: "#6d6a60", city: "#57606a", halo: "#f7f5ef",
  dot: "#24506b", contested: "#b4451f", ring: "#ffffff", count: "#ffffff", hatch: [36, 80, 107], wave: "#7a4d8c",
};

export const NIGHT = {
  water: "#14191d", land: "#22282d", border: "#434b52", name: "#8b949b", city: "#a5afb7", halo: "#22282d",
  dot: "#7fb8d6", contested: "#f08a5d", ring: "#15181b", count: "#0f1417", hatch: [127, 184, 214], wave: "#c79bdb",
};

const FONT = ["system-ui", "Noto Sans", "sans-serif"];

/**
 * The layers of the world.
 * @param {object} look `DAY` or `NIGHT`
 * @param {object} world the layers of `world.json`
 */
export function worldStyle(look, world) {
  const source = (data) => ({ type: "geojson", data });
  return {
    version: 8,
    sources: {
      countries: source(world.countries), lakes: source(world.lakes),
      borders: source(world.borders), labels: source(world.labels),
    },
    layers: [
      { id: "water", type: "background", paint: { "background-color": look.water } },
      { id: "land", type: "fill", source: "countries", paint: { "fill-color": look.land, "fill-outline-color": look.land } },
      { id: "lakes", type: "fill", source: "lakes", paint: { "fill-color": look.water } },
      border("borders", false, look.border),
      border("disputed", true, look.border),
      names("countries", ["==", ["get", "kind"], "country"], look.name, look.halo, 5, 12),
      names("cities", ["!=", ["get", "kind"], "country"], look.city, look.halo, 3, 11),
    ],
  };
}

function border(id, disputed, colour) {
  return {
    id, type: "line", source: "borders", filter: ["==", ["get", "disputed"], disputed],
    paint: { "line-color": colour, "line-width": 0.9, ...(disputed ? { "line-dasharray": [2, 2] } : {}) },
  };
}

/** Names whose `size` is below the zoom, the largest first: one more step closer, ten times smaller ones. */
function names(id, filter, colour, halo, from, size) {
  return {
    id: `${id}-names`, type: "symbol", source: "labels",
    filter: ["all", filter, ["<=", ["get", "size"], ["-", ["*", ["zoom"], 0.55], id === "cities" ? 1.6 : 0.1]]],
    layout: {
      "text-field": ["get", "name"], "text-font": FONT, "text-size": size, "text-max-width": 7,
      "symbol-sort-key": ["get", "size"], "text-padding": from,
      ...(id === "countries" ? { "text-letter-spacing": 0.06 } : {}),
    },
    paint: { "text-color": colour, "text-halo-color": halo, "text-halo-width": 1.2 },
  };
}

/**
 * The layers of incidents, from the least exactly known to the most.
 * @param {object} look `DAY` or `NIGHT`
 */
export function spotLayers(look) {
  const isContested = [">", ["get", "contested"], 0];
  const colour = ["case", isContested, look.contested, look.dot];
  const grouped = ["has", "point_count"];
  return [
    { id: "regions", type: "fill", source: "discs", filter: ["==", ["get", "kind"], "region"],
      paint: { "fill-pattern": "hatch", "fill-opacity": 0.55 } },
    { id: "regions-edge", type: "line", source: "discs", filter: ["==", ["get", "kind"], "region"],
      paint: { "line-color": colour, "line-width": 0.8, "line-dasharray": [3, 3], "line-opacity": 0.55 } },
    { id: "soft", type: "fill", source: "discs", filter: ["==", ["get", "kind"], "soft"],
      paint: { "fill-color": colour, "fill-opacity": 0.22 } },
    { id: "waves", type: "line", source: "discs", filter: ["==", ["get", "kind"], "wave"],
      paint: { "line-color": look.wave, "line-width": 2.2, "line-opacity": 0.85 } },
    { id: "dots", type: "circle", source: "dots",
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "incidents"]], 1, 4.5, 5, 9, 30, 17, 150, 28],
        "circle-color": colour, "circle-opacity": ["case", grouped, 0.88, 0.92],
        "circle-stroke-color": look.ring, "circle-stroke-width": 1.4,
      } },
    { id: "counts", type: "symbol", source: "dots", filter: [">", ["get", "incidents"], 1],
      layout: { "text-field": ["to-string", ["get", "incidents"]], "text-font": FONT, "text-size": 10.5, "text-allow-overlap": true },
      paint: { "text-color": look.count } },
  ];
}

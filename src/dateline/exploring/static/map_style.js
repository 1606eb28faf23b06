// How the map looks, by day and by night: land and water without drama, so that incidents stand out.

export const DAY = {
  water: "#d3dfe5", land: "#f8f6f0", border: "#bdb6a5", name: "#6d6a60", city: "#57606a", halo: "#f7f5ef",
  dot: "#24506b", contested: "#b4451f", ring: "#ffffff", count: "#ffffff", hatch: [36, 80, 107], pattern: "hatch-day", wave: "#7a4d8c",
};

export const NIGHT = {
  water: "#14191d", land: "#22282d", border: "#434b52", name: "#8b949b", city: "#a5afb7", halo: "#22282d",
  dot: "#7fb8d6", contested: "#f08a5d", ring: "#15181b", count: "#0f1417", hatch: [127, 184, 214], pattern: "hatch-night", wave: "#c79bdb",
};

const FONT = ["system-ui", "Noto Sans", "sans-serif"];

/** The zoom from which places known less exactly are drawn as areas, and no longer as circles, where there are many. */
export const NEAR = 4;

const PIXELS_PER_KM = 512 / 40_075;

/** @returns {number} how many pixels wide a radius is where the whole world is 512 pixels wide. */
export function pixels(km, lat) {
  return (km * PIXELS_PER_KM) / Math.max(0.05, Math.cos((lat * Math.PI) / 180));
}

/**
 * The whole map: the world, which the map's worker asks the server for itself, and the incidents on it.
 * @param {object} look `DAY` or `NIGHT`
 * @param {object} sources the sources of incidents: `dots`, `discs`, `far`
 * @param {boolean} many whether from afar what is known less exactly is drawn as circles
 */
export function mapStyle(look, sources, many) {
  const source = (layer) => ({ type: "geojson", data: new URL(`/world/${layer}.json`, location.href).href });
  return {
    version: 8,
    sources: {
      countries: source("countries"), lakes: source("lakes"), borders: source("borders"), labels: source("labels"), ...sources,
    },
    layers: [
      { id: "water", type: "background", paint: { "background-color": look.water } },
      { id: "land", type: "fill", source: "countries", paint: { "fill-color": look.land, "fill-outline-color": look.land } },
      { id: "lakes", type: "fill", source: "lakes", paint: { "fill-color": look.water } },
      border("borders", false, look.border),
      border("disputed", true, look.border),
      names("countries", ["==", ["get", "kind"], "country"], look.name, look.halo, 5, 12),
      names("cities", ["!=", ["get", "kind"], "country"], look.city, look.halo, 3, 11),
      ...(many ? farLayers(look) : []),
      ...spotLayers(look).map((layer) => (many && layer.source === "discs" ? { ...layer, minzoom: NEAR } : layer)),
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

/** From afar, what is known less exactly: circles as wide as the doubt, of which thousands are drawn at once. */
function farLayers(look) {
  const colour = colourOf(look);
  const isWave = ["==", ["get", "kind"], "wave"];
  const inside = ["match", ["get", "kind"], "wave", 0, "region", 0.04, 0.2];
  return [{
    id: "far", type: "circle", source: "far", maxzoom: NEAR,
    paint: {
      "circle-radius": ["interpolate", ["exponential", 2], ["zoom"], 0, ["get", "wide"], NEAR, ["*", 2 ** NEAR, ["get", "wide"]]],
      "circle-color": colour, "circle-opacity": inside,
      "circle-stroke-color": ["case", isWave, look.wave, colour],
      "circle-stroke-width": ["case", isWave, 2.2, 0.7], "circle-stroke-opacity": ["case", isWave, 0.85, 0.2],
    },
  }];
}

function colourOf(look) {
  return ["case", [">", ["get", "contested"], 0], look.contested, look.dot];
}

/** The layers of incidents, from the least exactly known to the most. */
function spotLayers(look) {
  const colour = colourOf(look);
  const grouped = ["has", "point_count"];
  return [
    { id: "regions", type: "fill", source: "discs", filter: ["==", ["get", "kind"], "region"],
      paint: { "fill-pattern": look.pattern, "fill-opacity": 0.55 } },
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

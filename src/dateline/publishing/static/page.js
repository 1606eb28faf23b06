// A published folder, opened from a disk or a server: filters, map, time line and table over `window.DATELINE`.
// Each incident is a row: see `pages.py` for what stands where. No module, no fetch: browsers refuse both from files.
"use strict";
(() => {
  const ID = 0, WHEN = 1, KIND = 2, TYPE = 3, STATUS = 4, STATUS_WORDS = 5, WHERE = 6, COUNTRY = 7, FIGURES = 8;
  const SOURCES = 9, DISPUTED = 10, FIRST = 11, LAST = 12, LON = 13, LAT = 14, KM = 15, PRECISION = 16, PART = 17, WORDS = 18;
  const PAGE = 100;
  const EXACT = new Set(["site", "district", "city"]);
  const rows = window.DATELINE;
  let haystack = null; // made when words are first looked for
  const form = document.getElementById("filters");
  const body = document.querySelector("#incidents tbody");
  const pager = document.getElementById("pager");
  const chart = document.querySelector(".times");
  let map = null;
  let state = {};

  /** The state of the page as its address has it: `#type=PROTEST&page=2`. */
  function read() {
    return Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  }

  function write(next) {
    const known = Object.entries(next).filter(([, value]) => value && value !== "1");
    const hash = new URLSearchParams(known.sort()).toString();
    if (hash === location.hash.slice(1)) return show();
    location.hash = hash;
  }

  function holds(index, words) {
    haystack ??= rows.map((row) => `${row[KIND]} ${row[WHERE]} ${row[FIGURES]} ${row[WORDS]}`.toLowerCase());
    return words.toLowerCase().split(/\s+/).every((word) => haystack[index].includes(word));
  }

  function passes(row, index) {
    const { q, type, status, country, since, until, contested, sources, place } = state;
    return (!type || row[TYPE] === type) && (!status || row[STATUS] === status) && (!country || row[COUNTRY] === country)
      && (!contested || row[DISPUTED]) && (!sources || row[SOURCES] > 1)
      && (!since || (row[LAST] || row[FIRST]) >= since) && (!until || ((row[FIRST] || row[LAST]) && (row[FIRST] || row[LAST]) <= until))
      && (!place || `${row[LON]},${row[LAT]}` === place)
      && (!q || holds(index, q));
  }

  function show() {
    state = read();
    for (const field of form.elements) {
      if (field.type === "checkbox") field.checked = state[field.name] === field.value;
      else if (field.name) field.value = state[field.name] ?? "";
    }
    const found = rows.filter(passes);
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    const page = Math.min(Math.max(1, Number(state.page) || 1), pages);
    body.replaceChildren(...found.slice((page - 1) * PAGE, page * PAGE).map(line));
    turn(page, pages);
    const at = state.place ? " at the place chosen on the map" : "";
    document.getElementById("told").textContent = `${found.length.toLocaleString("en")} of ${rows.length.toLocaleString("en")} incidents${at}`;
    draw(found);
    if (map) map.spots(found);
  }

  function element(name, text, about = {}) {
    const made = Object.assign(document.createElement(name), about);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function line(row) {
    const made = document.createElement("tr");
    const what = element("td");
    what.append(element("a", row[KIND], { href: `evidence/${row[PART]}.html#i-${row[ID]}` }));
    if (row[STATUS] !== "asserted") what.append(" ", element("span", row[STATUS_WORDS], { className: "tag" }));
    const where = element("td");
    where.append(element("bdi", row[WHERE]));
    const disputed = element("td");
    if (row[DISPUTED]) disputed.append(element("span", row[DISPUTED], { className: "tag contested" }));
    made.append(element("td", row[WHEN], { className: "when" }), what, where, element("td", row[FIGURES]),
      element("td", row[SOURCES], { className: "count" }), disputed);
    return made;
  }

  function turn(page, pages) {
    const step = (label, to) => {
      const button = element("button", label, { type: "button" });
      button.addEventListener("click", () => write({ ...state, page: String(to) }));
      return button;
    };
    const parts = pages < 2 ? [] : [element("span", `Page ${page} of ${pages}`)];
    if (page > 1) parts.unshift(step("Earlier", page - 1));
    if (page < pages) parts.push(step("Later", page + 1));
    pager.replaceChildren(...parts);
  }

  /** @returns {number} which bar is the first that ends on a day or after it. */
  function barOf(ends, day) {
    let low = 0, high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle] < day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Share each incident out over the bars that its time touches. */
  function draw(found) {
    if (!chart) return;
    const bars = [...chart.querySelectorAll(".bar")];
    const counts = bars.map(() => 0), ends = bars.map((bar) => bar.dataset.last);
    for (const row of found) {
      const first = row[FIRST] || row[LAST], last = row[LAST] || row[FIRST];
      if (!first) continue;
      const from = barOf(ends, first), to = Math.min(barOf(ends, last), bars.length - 1);
      for (let at = from; at <= to; at += 1) counts[at] += 1 / (to - from + 1);
    }
    const most = Math.max(1, ...counts);
    bars.forEach((bar, at) => {
      const height = counts[at] ? Math.max(1.5, (112 * counts[at]) / most) : 0;
      bar.setAttribute("height", height);
      bar.setAttribute("y", 120 - height);
      bar.firstElementChild.textContent = `${bar.dataset.first} to ${bar.dataset.last}: ${Math.round(counts[at] * 10) / 10}`;
    });
  }

  // --- the map -------------------------------------------------------------------------------------------------------

  const DAY = { water: "#e3eaed", land: "#f7f5ef", border: "#c9c3b4", name: "#6d6a60", dot: "#24506b", contested: "#b4451f", ring: "#ffffff", count: "#ffffff" };
  const NIGHT = { water: "#14191d", land: "#22282d", border: "#434b52", name: "#8b949b", dot: "#7fb8d6", contested: "#f08a5d", ring: "#15181b", count: "#0f1417" };
  const FONT = ["system-ui", "Noto Sans", "sans-serif"];

  function styleOf(look, world) {
    const source = (data) => ({ type: "geojson", data });
    const border = (id, disputed) => ({ id, type: "line", source: "borders", filter: ["==", ["get", "disputed"], disputed],
      paint: { "line-color": look.border, "line-width": 0.9, ...(disputed ? { "line-dasharray": [2, 2] } : {}) } });
    return {
      version: 8,
      sources: { countries: source(world.countries), lakes: source(world.lakes), borders: source(world.borders), labels: source(world.labels) },
      layers: [
        { id: "water", type: "background", paint: { "background-color": look.water } },
        { id: "land", type: "fill", source: "countries", paint: { "fill-color": look.land } },
        { id: "lakes", type: "fill", source: "lakes", paint: { "fill-color": look.water } },
        border("borders", false), border("disputed", true),
        { id: "names", type: "symbol", source: "labels", filter: ["<=", ["get", "size"], ["-", ["*", ["zoom"], 0.55], 0.6]],
          layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 11, "symbol-sort-key": ["get", "size"], "text-padding": 4 },
          paint: { "text-color": look.name, "text-halo-color": look.land, "text-halo-width": 1.2 } },
      ],
    };
  }

  function spotLayers(look) {
    const colour = ["case", [">", ["get", "contested"], 0], look.contested, look.dot];
    return [
      { id: "discs", type: "fill", source: "discs", paint: { "fill-color": colour, "fill-opacity": 0.1 } },
      { id: "edges", type: "line", source: "discs", paint: { "line-color": colour, "line-width": 1, "line-dasharray": [3, 3], "line-opacity": 0.7 } },
      { id: "dots", type: "circle", source: "dots", paint: {
        "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "incidents"]], 1, 4.5, 5, 9, 30, 17, 150, 28],
        "circle-color": colour, "circle-opacity": 0.9, "circle-stroke-color": look.ring, "circle-stroke-width": 1.4 } },
      { id: "counts", type: "symbol", source: "dots", filter: [">", ["get", "incidents"], 1],
        layout: { "text-field": ["to-string", ["get", "incidents"]], "text-font": FONT, "text-size": 10.5, "text-allow-overlap": true }, paint: { "text-color": look.count } },
    ];
  }

  function disc(lon, lat, km) {
    const high = km / 111.32, wide = Math.min(170, high / Math.max(0.05, Math.cos((lat * Math.PI) / 180)));
    return Array.from({ length: 49 }, (_, step) => {
      const turn = (2 * Math.PI * step) / 48;
      return [lon + wide * Math.cos(turn), Math.max(-85, Math.min(85, lat + high * Math.sin(turn)))];
    });
  }

  /** One feature a place: how many incidents stand there, and how many of them are contested. */
  function places(found) {
    const at = new Map();
    for (const row of found) {
      if (row[LON] === null) continue;
      const key = `${row[LON]},${row[LAT]},${row[PRECISION]}`;
      const place = at.get(key) ?? { row, incidents: 0, contested: 0 };
      place.incidents += 1;
      place.contested += row[DISPUTED] ? 1 : 0;
      at.set(key, place);
    }
    const features = (exact, shape) => ({ type: "FeatureCollection", features: [...at.values()]
      .filter(({ row }) => EXACT.has(row[PRECISION]) === exact)
      .map(({ row, incidents, contested }) => ({ type: "Feature", geometry: shape(row),
        properties: { incidents, contested, place: `${row[LON]},${row[LAT]}` } })) });
    return {
      dots: features(true, (row) => ({ type: "Point", coordinates: [row[LON], row[LAT]] })),
      discs: features(false, (row) => ({ type: "Polygon", coordinates: [disc(row[LON], row[LAT], row[KM] || 50)] })),
    };
  }

  function boundsOf({ dots, discs }) {
    const spots = dots.features.length ? dots.features : discs.features;
    if (!spots.length) return [[-150, -50], [170, 70]];
    const total = spots.reduce((sum, it) => sum + it.properties.incidents, 0);
    const at = (axis, share) => { // where so many of the incidents lie, so that a few far away do not make all others small
      const sorted = spots.map((it) => [Number(it.properties.place.split(",")[axis]), it.properties.incidents]).sort((a, b) => a[0] - b[0]);
      let sum = 0;
      return sorted.find(([, incidents]) => (sum += incidents) >= share * total)[0];
    };
    return [[at(0, 0.03), at(1, 0.03)], [at(0, 0.97), at(1, 0.97)]];
  }

  function makeMap() {
    const part = document.getElementById("map-part"), box = document.getElementById("map");
    part.hidden = false;
    const night = matchMedia("(prefers-color-scheme: dark)");
    const look = () => (night.matches ? NIGHT : DAY);
    let shown = places(rows.filter(passes));
    const drawn = new maplibregl.Map({ container: box, style: styleOf(look(), window.DATELINE_WORLD), bounds: boundsOf(shown),
      fitBoundsOptions: { padding: 50, maxZoom: 7 }, attributionControl: false, dragRotate: false, pitchWithRotate: false,
      renderWorldCopies: false, maxZoom: 11, fadeDuration: 0 });
    const add = () => {
      if (drawn.getSource("dots")) return;
      drawn.addSource("discs", { type: "geojson", data: shown.discs });
      drawn.addSource("dots", { type: "geojson", data: shown.dots, cluster: true, clusterRadius: 34, clusterMaxZoom: 8,
        clusterProperties: { incidents: ["+", ["get", "incidents"]], contested: ["+", ["get", "contested"]] } });
      spotLayers(look()).forEach((layer) => drawn.addLayer(layer));
    };
    drawn.on("load", add);
    drawn.on("idle", () => { box.dataset.idle = "yes"; });
    night.addEventListener("change", () => { drawn.setStyle(styleOf(look(), window.DATELINE_WORLD)); drawn.once("styledata", add); });
    drawn.on("click", async (event) => {
      const [hit] = drawn.queryRenderedFeatures(event.point, { layers: ["dots", "discs"].filter((id) => drawn.getLayer(id)) });
      if (!hit) return;
      if (!hit.properties.cluster) return write({ ...state, place: hit.properties.place, page: "" });
      const zoom = await drawn.getSource("dots").getClusterExpansionZoom(hit.properties.cluster_id);
      drawn.easeTo({ center: hit.geometry.coordinates, zoom: Math.min(zoom, 11) });
    });
    document.getElementById("closer").addEventListener("click", () => drawn.zoomIn({ duration: 0 }));
    document.getElementById("farther").addEventListener("click", () => drawn.zoomOut({ duration: 0 }));
    box.map = drawn; // so that tests can ask what is drawn
    drawn.spots = (found) => {
      shown = places(found);
      for (const name of ["dots", "discs"]) if (drawn.getSource(name)) drawn.getSource(name).setData(shown[name]);
    };
    return drawn;
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => write({ ...Object.fromEntries(new FormData(form)), place: state.place }));
  form.addEventListener("reset", (event) => { event.preventDefault(); write({}); });
  if (chart) {
    chart.classList.add("live");
    chart.addEventListener("click", ({ target }) => {
      const bar = target.closest(".bar");
      if (bar) write({ ...state, since: bar.dataset.first, until: bar.dataset.last, page: "" });
    });
  }
  addEventListener("hashchange", show);
  show();
  try {
    map = makeMap();
  } catch (error) { // a browser without WebGL: the table tells the same
    document.getElementById("map-part").hidden = true;
    document.getElementById("told").append(" (this browser draws no map: ", String(error.message ?? error), ")");
  }
})();

// Shapes for places that are known to a region only: a disc as wide as the doubt, and the hatching that fills it.

const EARTH_KM = 6371;
const STEPS = 48;

/**
 * A circle on the globe as a ring of points.
 * @param {number} lon degrees
 * @param {number} lat degrees
 * @param {number} km radius
 * @returns {number[][]} longitudes and latitudes; longitudes may pass 180 so that the ring stays in one piece
 */
export function disc(lon, lat, km) {
  const phi = (lat * Math.PI) / 180;
  const angle = km / EARTH_KM;
  const ring = [];
  for (let step = 0; step <= STEPS; step += 1) {
    const turn = (2 * Math.PI * step) / STEPS;
    const north = Math.asin(Math.sin(phi) * Math.cos(angle) + Math.cos(phi) * Math.sin(angle) * Math.cos(turn));
    const east = Math.atan2(
      Math.sin(turn) * Math.sin(angle) * Math.cos(phi),
      Math.cos(angle) - Math.sin(phi) * Math.sin(north),
    );
    ring.push([lon + (east * 180) / Math.PI, (north * 180) / Math.PI]);
  }
  return ring;
}

/**
 * A tile of diagonal lines, to fill with.
 * @param {number[]} colour red, green, blue, 0 to 255
 * @returns {{width: number, height: number, data: Uint8Array}}
 */
export function hatching([red, green, blue]) {
  const size = 12;
  const data = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const away = (x + y) % size;
      data.set([red, green, blue, away < 2 ? 150 : 18], 4 * (y * size + x));
    }
  }
  return { width: size, height: size, data };
}

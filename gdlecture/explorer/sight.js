// How the box of a relief is seen by whoever stands at an azimuth and an elevation: in perspective,
// the box's middle in the picture's, and as large whichever way it is turned.

// From the box's middle to the viewer.
const DISTANCE = 5;
// Pixels for what is written beside the box, most of it on its left, and how large it may be seen.
const MARGINS = { across: 66, down: 52 };
const SEEN = { across: 1.48, down: 1.6 };
// In cells: how far apart a line of sight is looked at. In the box's units: how much nearer to the
// viewer than the surface is what lies on it.
const STRIDE = 0.5;
const LIFT = 0.008;

class Sight {
  constructor({ azimuth, elevation, width, height }) {
    const [a, e] = [azimuth, elevation].map((angle) => (angle * Math.PI) / 180);
    this.right = [-Math.sin(a), Math.cos(a), 0];
    this.up = [-Math.sin(e) * Math.cos(a), -Math.sin(e) * Math.sin(a), Math.cos(e)];
    this.toward = [Math.cos(e) * Math.cos(a), Math.cos(e) * Math.sin(a), Math.sin(e)];
    this.eye = this.toward.map((c) => c * DISTANCE);
    this.middle = [width / 2 + 9, height / 2 - 4];
    const rooms = [(width - MARGINS.across) / SEEN.across, (height - MARGINS.down) / SEEN.down];
    this.scale = Math.max(Math.min(...rooms), 1);
  }

  // The pixel of a place of the box.
  pixel(place) {
    const size = this.scale / (1 - dot(place, this.toward) / DISTANCE);
    return [this.middle[0] + size * dot(place, this.right), this.middle[1] - size * dot(place, this.up)];
  }

  // The pixels of flat places, x, y, z, x, y, z, …: all across, all down.
  pixels(places) {
    const [[rx, ry], [ux, uy, uz], [tx, ty, tz]] = [this.right, this.up, this.toward];
    const count = places.length / 3;
    const [across, down] = [new Float64Array(count), new Float64Array(count)];
    for (let k = 0; k < count; k += 1) {
      const [x, y, z] = [places[3 * k], places[3 * k + 1], places[3 * k + 2]];
      const size = this.scale / (1 - (x * tx + y * ty + z * tz) / DISTANCE);
      across[k] = this.middle[0] + size * (x * rx + y * ry);
      down[k] = this.middle[1] - size * (x * ux + y * uy + z * uz);
    }
    return [across, down];
  }

  // How far, clockwise, an arrow that points up must be turned to point that way at a place.
  angle(place, way) {
    const [p, q] = [place, along(place, way, 0.01)].map((one) => this.pixel(one));
    return Math.atan2(q[0] - p[0], p[1] - q[1]);
  }

  // The rows of cells along an axis, the farthest first: what lines of the grid part from the viewer
  // by more lines than another cell cannot hide it.
  rows(axis) {
    const own = Math.floor((this.eye[axis] + 0.5) * CELLS);
    return Array.from({ length: CELLS }, (_, i) => i).sort((i, j) => Math.abs(j - own) - Math.abs(i - own));
  }

  // Whether the relief is between the viewer and a place on it.
  isHidden(relief, [x, y, z]) {
    const way = [this.eye[0] - x, this.eye[1] - y, this.eye[2] - z];
    const stride = STRIDE / CELLS / Math.max(Math.hypot(way[0], way[1]), 1e-9);
    const ground = relief.heightAt(x, y);
    const start = (ground > z ? ground : z) + LIFT;
    for (let share = stride; share < 1; share += stride) {
      const height = start + share * way[2];
      const [u, v] = [x + share * way[0], y + share * way[1]];
      if (height > TALL / 2 || Math.abs(u) > 0.5 || Math.abs(v) > 0.5) return false;
      if (relief.heightAt(u, v) > height) return true;
    }
    return false;
  }
}

// A function of two variables as a relief in a box: faces over a grid, gaps where f has no value,
// lines of height. In the box's own units: x and y from -1/2 to 1/2, heights from -TALL/2 to TALL/2.

const CELLS = 40;
const TALL = 0.62;
// Shares: of the values that may be cut off at either end, of the others' span up to which none
// are, of the box that is left free under the lowest.
const CUT = { most: 0.005, near: 0.6 };
const AIR = 0.05;
const LEVELS = 14;
// Toward where the light comes from, and how dark and how bright it leaves a face.
const LIGHT = [-0.5, -0.35, 0.79];
const SHADES = { dark: 0.72, bright: 1.06, under: 0.62 };

class Relief {
  constructor(field) {
    this.field = field;
    [this.left, this.right] = field.window[0];
    [this.front, this.back] = field.window[1];
    const lines = Array.from({ length: CELLS + 1 }, (_, i) => i / CELLS);
    const nodes = lines.flatMap((v) => lines.map((u) => this.node(u, v)));
    this.minima = field.minima.map(({ point, curve }) => ({ curve, top: [...point, valueAt(field, point)] }));
    this.fitHeights(nodes.map(([, , f]) => f));
    // Of the grid, for whoever asks what hides what; NaN where no height is.
    this.heights = Float64Array.from(nodes, ([, , f]) => (Number.isFinite(f) ? this.lifted(f) : NaN));
    this.levels = this.levelsOf(field.heights);
    // Flat, x, y, z, x, y, z, … of all rims and lines, which know where among them theirs begin and
    // end: so they are projected in one go.
    this.places = [];
    this.cells = Array.from({ length: CELLS * CELLS }, (_, at) => {
      const first = Math.floor(at / CELLS) * (CELLS + 1) + (at % CELLS);
      return this.cell([first, first + 1, first + CELLS + 2, first + CELLS + 1].map((n) => nodes[n]));
    });
    this.places = Float64Array.from(this.places);
  }

  // [x, y, f] at shares of the window.
  node(u, v) {
    const x = this.left + (this.right - this.left) * u;
    const y = this.front + (this.back - this.front) * v;
    return [x, y, valueAt(this.field, [x, y])];
  }

  // Which heights the box holds. All of them, unless a few tower above the others, or no bound is;
  // then it ends where the map's colours do.
  fitHeights(values) {
    const { low, high } = this.field.heights;
    const finite = values.filter(Number.isFinite);
    const sorted = (finite.length ? finite : [low, high]).sort((a, b) => a - b);
    const least = sorted[Math.floor(CUT.most * sorted.length)];
    const span = high - least || 1;
    const tops = this.minima.map(({ top: [, , f] }) => f).filter(Number.isFinite);
    const [lowest, highest] = [Math.min(low, sorted[0], ...tops), sorted.at(-1)];
    this.bottom = lowest >= least - CUT.near * span ? lowest : least;
    this.top = highest <= high + CUT.near * span ? Math.max(highest, high) : high;
    this.isCut = { below: this.bottom > lowest, above: this.top < highest };
    if (!(this.top > this.bottom)) this.top = this.bottom + 1;
    if (!this.isCut.below) this.bottom -= AIR * (this.top - this.bottom);
  }

  // The map's lines of height, which are as far apart as its colours.
  levelsOf({ low, high, stretch }) {
    return Array.from({ length: LEVELS }, (_, i) => (i + 1) / (LEVELS + 1)).map((t) => {
      const share = stretch ? Math.expm1(t * Math.log1p(stretch)) / stretch : t;
      return low + share * (high - low);
    });
  }

  lifted(f) {
    return TALL * ((f - this.bottom) / (this.top - this.bottom) - 0.5);
  }

  place([x, y, f]) {
    const [u, v] = [(x - this.left) / (this.right - this.left), (y - this.front) / (this.back - this.front)];
    return [u - 0.5, v - 0.5, this.lifted(f)];
  }

  holds([x, y, f]) {
    const isOver = x >= this.left && x <= this.right && y >= this.front && y <= this.back;
    return isOver && f >= this.bottom && f <= this.top;
  }

  cell(corners) {
    const whole = this.isTorn(corners) ? [] : this.partOf(corners, true);
    const face = cutOff(cutOff(whole, this.bottom, 1), this.top, -1);
    const heights = face.map(([, , f]) => f);
    const lines = this.levels.map((level) => crossings(face, level));
    return {
      rim: face.length > 2 ? this.kept(face) : null,
      bare: this.partOf(corners, false).map(([x, y]) => this.place([x, y, this.bottom])),
      lines: lines.filter((line) => line.length > 1).map((line) => this.kept(line)),
      height: heights.reduce((sum, f) => sum + f / heights.length, 0),
      light: face.length > 2 ? lightOn(face.map((point) => this.place(point))) : 0,
    };
  }

  kept(points) {
    const begin = this.places.length / 3;
    for (const point of points) this.places.push(...this.place(point));
    return [begin, begin + points.length];
  }

  // The part of a cell with values, or that without, from edge to edge.
  partOf(corners, hasValue) {
    return corners.flatMap((corner, k) => {
      const next = corners[(k + 1) % corners.length];
      const [is, will] = [corner, next].map(([, , f]) => Number.isFinite(f));
      const kept = is === hasValue ? [corner] : [];
      return is === will ? kept : [...kept, is ? this.border(corner, next) : this.border(next, corner)];
    });
  }

  // The last place with a value on the way from one that has one.
  border(inside, outside) {
    let [here, there] = [inside, outside];
    for (let i = 0; i < 30; i += 1) {
      const middle = this.between(here, there);
      if (Number.isFinite(middle[2])) here = middle;
      else there = middle;
    }
    return here;
  }

  between([x, y], [u, v]) {
    const middle = [(x + u) / 2, (y + v) / 2];
    return [...middle, valueAt(this.field, middle)];
  }

  // Whether f jumps on an edge: a pole or a cliff, over which no face may be stretched.
  isTorn(corners) {
    return corners.some((corner, k) => {
      let [here, there] = [corner, corners[(k + 1) % corners.length]];
      const jump = Math.abs(here[2] - there[2]);
      if (!(jump > 0.2 * (this.top - this.bottom))) return false;
      for (let i = 0; i < 20; i += 1) {
        const middle = this.between(here, there);
        if (!Number.isFinite(middle[2])) return true;
        const isHere = Math.abs(middle[2] - here[2]) > Math.abs(middle[2] - there[2]);
        if (isHere) there = middle;
        else here = middle;
      }
      return Math.abs(here[2] - there[2]) > 0.5 * jump;
    });
  }

  // Faces seen from above, and from below, in the colours that the map has at their heights.
  colour({ heat }) {
    const stops = heat.map(channels);
    for (const cell of this.cells) {
      if (!cell.rim) continue;
      const colour = between(stops, heatShare(this.field.heights, cell.height));
      const shade = SHADES.dark + (SHADES.bright - SHADES.dark) * cell.light;
      [cell.over, cell.under] = [shade, SHADES.under * shade].map(
        (part) => `rgb(${colour.map((c) => Math.min(Math.round(c * part), 255)).join(" ")})`,
      );
    }
  }

  // The height of the faces over a place of the box, NaN where none are.
  heightAt(x, y) {
    const [u, v] = [(x + 0.5) * CELLS, (y + 0.5) * CELLS];
    if (!(u >= 0 && u <= CELLS && v >= 0 && v <= CELLS)) return NaN;
    const [i, j] = [Math.min(Math.floor(u), CELLS - 1), Math.min(Math.floor(v), CELLS - 1)];
    const [s, t, first] = [u - i, v - j, j * (CELLS + 1) + i];
    const { heights } = this;
    const front = heights[first] + s * (heights[first + 1] - heights[first]);
    const back = heights[first + CELLS + 1] + s * (heights[first + CELLS + 2] - heights[first + CELLS + 1]);
    return front + t * (back - front);
  }
}

// What of a face is above (side 1) or below (side -1) a height.
const cutOff = (face, height, side) =>
  face.flatMap((corner, k) => {
    const next = face[(k + 1) % face.length];
    const [is, will] = [corner, next].map(([, , f]) => side * (f - height) >= 0);
    const kept = is ? [corner] : [];
    return is === will ? kept : [...kept, placeAt(corner, next, height)];
  });

// Where the rim of a face has a height.
const crossings = (face, height) =>
  face.flatMap((corner, k) => {
    const next = face[(k + 1) % face.length];
    return corner[2] < height !== next[2] < height ? [placeAt(corner, next, height)] : [];
  });

const placeAt = (p, q, height) => {
  const share = (height - p[2]) / (q[2] - p[2]);
  return [p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1]), height];
};

// How squarely the light falls on a face, from 0 to 1.
const lightOn = (face) => {
  const normal = [0, 0, 0];
  face.forEach(([x, y, z], k) => {
    const [u, v, w] = face[(k + 1) % face.length];
    normal[0] += (y - v) * (z + w);
    normal[1] += (z - w) * (x + u);
    normal[2] += (x - u) * (y + v);
  });
  const length = Math.hypot(...normal);
  return length ? Math.max(dot(normal, LIGHT) / length, 0) : 0;
};

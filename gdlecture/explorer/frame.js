// What is drawn around a relief: its floor, and three axes along edges that nothing hides.

// In the box's units: how long a tick is. In pixels: from a tick to its number, from an axis to its
// name, and what room a number needs.
const TICK_LENGTH = 0.025;
const APART = { number: 13, name: 36 };
const ROOM = { wide: 28, high: 17 };
// Share of an axis at its ends in which it has no tick where another axis begins there.
const CLEAR = 0.04;
const LONGEST = 6;

class Frame {
  constructor(relief, sight) {
    this.relief = relief;
    this.sight = sight;
    const { field } = relief;
    const [low, high] = [-TALL / 2, TALL / 2];
    const corners = [[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]].map((c) => [...c, low]);
    this.floor = corners.map((corner) => sight.pixel(corner));
    // x and y along the sides of the floor that are toward the viewer, f over its leftmost corner.
    const [x, y] = [0, 1].map((axis) => (sight.eye[axis] < 0 ? -0.5 : 0.5));
    const left = this.floor.reduce((best, [u], k) => (u < this.floor[best][0] ? k : best), 0);
    const [s, t] = corners[left];
    const out = [s, t].map((c) => Math.sign(c) * Math.SQRT1_2);
    this.axes = [
      this.axis([-0.5, y, low], [0.5, y, low], [0, Math.sign(y), 0], field.window[0], field.variables[0]),
      this.axis([x, -0.5, low], [x, 0.5, low], [Math.sign(x), 0, 0], field.window[1], field.variables[1]),
      this.axis([s, t, low], [s, t, high], [...out, 0], [relief.bottom, relief.top], "f"),
    ];
  }

  axis(from, to, out, ends, name) {
    const { sight } = this;
    const line = [from, to].map((place) => sight.pixel(place));
    const places = roundPlaces(...ends).map((value) => {
      const share = (value - ends[0]) / (ends[1] - ends[0]);
      return { value, share, foot: from.map((c, i) => c + share * (to[i] - c)) };
    });
    const ticks = places.filter(({ share }) => share > CLEAR && (name === "f" || share < 1 - CLEAR));
    const texts = ticks.map(({ value }) => tickText(value));
    const isShort = texts.every((text) => text.length <= LONGEST);
    const marks = ticks.map(({ foot }) => [foot, along(foot, out, TICK_LENGTH)].map((p) => sight.pixel(p)));
    const labels = marks.map((mark, k) => ({ text: texts[k], place: onward(mark[1], mark, APART.number) }));
    const step = stepOfNumbers(labels);
    return {
      line,
      marks: isShort ? marks : [],
      labels: isShort ? labels.filter((_, k) => k % step === 0) : [],
      name: { text: name, place: name === "f" ? [line[1][0], line[1][1] - 14] : this.beside(from, to, out) },
    };
  }

  // Beside the middle of an axis, farther out than its numbers.
  beside(from, to, out) {
    const middle = from.map((c, i) => (c + to[i]) / 2);
    const way = [middle, along(middle, out, TICK_LENGTH)].map((p) => this.sight.pixel(p));
    return onward(way[0], way, APART.name);
  }
}

// So many pixels from a start, the way that leads from one to another.
const onward = (start, [from, to], length) => {
  const away = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  return start.map((c, i) => c + (length * (to[i] - from[i])) / away);
};

// Every how many-th number there is room for, by the nearest two.
const stepOfNumbers = (labels) => {
  const gaps = labels.slice(1).map(({ place: [u, v] }, k) => {
    const [s, t] = labels[k].place;
    return Math.max(Math.abs(u - s) / ROOM.wide, Math.abs(v - t) / ROOM.high);
  });
  return Math.ceil(1 / Math.max(Math.min(...gaps), 1e-3));
};

// About four round numbers between two, spaced by 1, 2 or 5 times a power of ten.
const roundPlaces = (low, high) => {
  const raw = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const spacing = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= raw * (1 - 1e-9));
  const first = Math.ceil(low / spacing - 1e-9);
  const count = Math.floor(high / spacing + 1e-9) - first + 1;
  const counts = Array.from({ length: Math.max(count, 0) }, (_, i) => first + i);
  return counts.map((n) => Number((n * spacing).toPrecision(12)));
};

// As short as it can be told exactly.
const tickText = (value) => {
  const isBrief = Number(value.toPrecision(3)) === value;
  return isBrief ? brief(value) : typographic(String(value));
};

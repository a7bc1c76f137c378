// The walks on a relief: what the map shows, from the same iterates, each at its height. Lines are
// lists of places of the box, marks are places; what is not in the box is told at its sides.

// In the box's units: how far apart a line is lifted; and how many such places a walk may have.
const PIECE = 0.0125;
const MOST_PIECES = 4000;

// Straight on the map from p to q, on the relief above it: the lines of what is in the box.
const liftedLine = (relief, p, q, most) => {
  const onFloor = (point) => relief.place([...point, relief.bottom]).slice(0, 2);
  const part = partWithin(onFloor(p), onFloor(q), -0.5, 0.5);
  if (part === null) return [];
  const { isTurned, shares: [begin, end] } = part;
  const [a, b] = isTurned ? [q, p] : [p, q];
  const at = (share) => a.map((c, i) => c + share * (b[i] - c));
  const [u, v] = [begin, end].map((share) => onFloor(at(share)));
  const count = clamp(Math.ceil(far(u, v) / PIECE), 1, most);
  const places = Array.from({ length: count + 1 }, (_, i) => {
    const point = at(begin + ((end - begin) * i) / count);
    return relief.place([...point, valueAt(relief.field, point)]);
  });
  return withinHeights(places);
};

// Of a line those parts that are as high as the box, each up to where it leaves it.
const withinHeights = (places) => {
  const lines = [[]];
  places.slice(1).forEach((q, k) => {
    const p = places[k];
    const part = partWithin([p[2]], [q[2]], -TALL / 2, TALL / 2);
    if (part === null || !Number.isFinite(p[2] + q[2])) {
      lines.push([]);
      return;
    }
    const { isTurned, shares } = part;
    const [from, to] = isTurned ? shares.map((share) => 1 - share).reverse() : shares;
    const at = (share) => p.map((c, i) => c + share * (q[i] - c));
    if (from > 0 || !lines.at(-1).length) lines.push([at(from)]);
    lines.at(-1).push(at(to));
    if (to < 1) lines.push([]);
  });
  return lines.filter((line) => line.length > 1);
};

// Where the box is left, and the way out; f there being as far as it is shown.
const exitFrom = (relief, [x, y, f]) => {
  const [u, v] = [clamp(x, relief.left, relief.right), clamp(y, relief.front, relief.back)];
  const isOver = u === x && v === y;
  const ground = isOver ? f : valueAt(relief.field, [u, v]);
  const height = Number.isNaN(ground) ? relief.bottom : clamp(ground, relief.bottom, relief.top);
  const way = [Math.sign(x - u), Math.sign(y - v), isOver ? Math.sign(f - height) : 0];
  return { place: relief.place([u, v, height]), way };
};

class Aloft {
  constructor(relief) {
    this.relief = relief;
    this.kept = new WeakMap();
  }

  // The lines of each step of a walk, from iterate k to k + 1; the same for as long as the walk is.
  stepsOf(walk) {
    if (!this.kept.has(walk)) {
      const { points } = walk;
      const most = Math.max(Math.floor(MOST_PIECES / points.length), 1);
      const steps = points.slice(1).map((q, k) => liftedLine(this.relief, points[k], q, most));
      this.kept.set(walk, steps);
    }
    return this.kept.get(walk);
  }

  // The lines, those that cover others after them, by the names that they have on the map.
  lines(walk, k, ghost, others, chosen) {
    const upTo = (one, end) => this.stepsOf(one).slice(0, end).flat();
    const curves = this.relief.field.minima.map(({ curve }) => curve);
    const along = (curve) => curve.slice(1).flatMap((q, j) => liftedLine(this.relief, curve[j], q, 8));
    const ghostly = k === walk.stoppedAt ? Infinity : k;
    return [
      { name: "valleys", lines: curves.flatMap(along) },
      { name: "ghost", lines: ghost ? upTo(ghost, ghostly) : [] },
      ...others.map((one) => ({ name: "other", i: one.i, lines: upTo(one.walk, one.k) })),
      { name: "past_steps", i: chosen, lines: upTo(walk, Math.max(k - 1, 0)) },
      { name: "next", lines: this.stepsOf(walk)[k] ?? [] },
      { name: "step", i: chosen, lines: k > 0 ? this.stepsOf(walk)[k - 1] : [] },
    ];
  }

  // The marks in the box, and at its sides those of what left it.
  marks(walk, k, ghost, others, chosen) {
    const { relief } = this;
    const at = (one, j) => [...one.points[j], one.values[j]];
    const inside = (points) => points.filter((p) => relief.holds(p)).map((p) => relief.place(p));
    const upTo = (one, end) => one.points.slice(0, end).map((_, j) => at(one, j));
    const mine = upTo(walk, k + 1);
    const now = [mine[k], ...others.map((one) => at(one.walk, one.k))];
    const isLost = ([x, y, f]) => Number.isNaN(f) && relief.holds([x, y, relief.bottom]);
    const gone = [...now.slice(1), ...mine].filter((p) => !relief.holds(p) && !isLost(p));
    const single = relief.minima.filter(({ curve }) => !curve.length);
    return [
      { name: "ghosts", places: ghost ? inside(upTo(ghost, k === walk.stoppedAt ? Infinity : k + 1)) : [] },
      { name: "past", i: chosen, places: inside(mine.slice(0, -1)) },
      { name: "minima", places: inside(single.map(({ top }) => top)) },
      ...others.map((one, j) => ({ name: "other_now", i: one.i, places: inside([now[j + 1]]) })),
      { name: "now", i: chosen, places: inside([now[0]]) },
      { name: "lost", places: now.filter(isLost).map(([x, y]) => relief.place([x, y, relief.bottom])) },
      { name: "edge", ...exits(gone.filter((p) => !p.every(Number.isNaN)).map((p) => exitFrom(relief, p))) },
    ];
  }

  // Words for where the walk is lost, or for the latest of its iterates outside; or null.
  words(walk, k) {
    const { relief } = this;
    const isOutside = (j) => !relief.holds([...walk.points[j], walk.values[j]]);
    const latest = [...Array(k + 1).keys()].findLast(isOutside);
    if (latest === undefined) return null;
    const [x, y] = walk.points[latest];
    const { place } = exitFrom(relief, [x, y, walk.values[latest]]);
    const isOver = relief.holds([x, y, relief.bottom]) && !Number.isNaN(walk.values[latest]);
    const height = isOver ? `, f = ${brief(walk.values[latest])}` : "";
    return { place, text: mapLabel(walk, latest) + height };
  }
}

const exits = (found) => ({ places: found.map(({ place }) => place), ways: found.map(({ way }) => way) });

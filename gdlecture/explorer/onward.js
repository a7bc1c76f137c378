// A walk carried on beyond its record by the same rule, to see what becomes of it.

const FAR = 3000;
const LOOK = 256;
const LONGEST_PERIOD = 64;

// {points from the walk's last, which is row 0; end; period}.
const carriedOn = ({ memory, ...walk }, start = walk.points.at(-1), most = FAR) => {
  const { field, step } = walk;
  const tiny = 1e-17 * Math.max(...walk.points.map((p) => far(p, start)));
  const points = [start];
  const memories = [memory];
  let still = 0;
  for (let k = 1; k <= most; k += 1) {
    const x = points.at(-1);
    const g = gradientAt(field, x);
    const [after, remembered] = step.advance({ field, x, g }, memories.at(-1));
    if (!isFiniteVector(after)) return { points, end: g.some((c) => c !== 0) ? "overflows" : "rests" };
    points.push(after);
    memories.push(remembered);
    if (!contains(field, after)) return { points, end: "leaves" };
    const isStill = after.every((c, i) => Math.abs(c - x[i]) <= Math.max(8 * spacing(x[i]), tiny));
    still = isStill ? still + 1 : 0;
    if (still === 3) return { points, end: "rests" };
    const isTime = k % LOOK === 0 && step.isSteady(memories.at(-LOOK));
    const period = isTime ? periodOf(points.slice(-LOOK)) : null;
    const isRound = period && isBack(remembered, memories.at(-1 - period));
    if (isRound) return { points, end: "repeats", period };
  }
  return { points, end: "goes on" };
};

// Whether what a rule remembers is the same as before, to rounding; counts of steps aside.
const isBack = (memory, before) => {
  if (!Array.isArray(memory)) return true;
  if (memory.some(Array.isArray)) return memory.every((part, i) => isBack(part, before[i]));
  return far(memory, before) <= 1e-12 * largest(memory);
};

const spread = (points) =>
  Math.max(...points[0].map((_, i) => {
    const column = points.map((p) => p[i]);
    return Math.max(...column) - Math.min(...column);
  }));

const strides = (points) => points.slice(1).map((p, k) => Math.hypot(...p.map((c, i) => c - points[k][i])));
const mean = (numbers) => numbers.reduce((sum, u) => sum + u, 0) / numbers.length;
const quarters = (list) => {
  const ends = [0, 1, 2, 3, 4].map((i) => Math.round((i * list.length) / 4));
  return [0, 1, 2, 3].map((i) => list.slice(ends[i], ends[i + 1]));
};

// By how much each point misses the one a period before.
const misses = (points, period) => points.slice(period).map((p, k) => far(p, points[k]));

// The shortest period with which points come back to rounding over three rounds, or null.
const periodOf = (tail) => {
  const rounding = 4 * spacing(largest(tail.at(-1)));
  for (let period = 2; period <= Math.min(LONGEST_PERIOD, Math.floor(tail.length / 4)); period += 1) {
    if (far(tail.at(-1), tail.at(-1 - period)) > 1e-6 * largest(tail.at(-1)) + rounding) continue;
    const width = spread(tail.slice(-period));
    const back = Math.max(...misses(tail.slice(-4 * period), period));
    if (width > 100 * rounding && back <= Math.max(1e-13 * width, rounding)) return period;
  }
  return null;
};

// The period of the cycle that points slowly close in on, or null: each round misses its
// beginning by less than the one before, and all misses to come are small beside the cycle.
const slowPeriodOf = (points) => {
  const quarter = Math.floor(points.length / 4);
  for (let period = 2; period <= Math.min(LONGEST_PERIOD, Math.floor(quarter / 8)); period += 1) {
    const width = spread(points.slice(-period));
    if (far(points.at(-1), points.at(-1 - period)) > 0.01 * width) continue;
    const back = misses(points, period).slice(-3 * quarter);
    const third = Math.floor(back.length / 3);
    const [first, earlier, later] = [0, 1, 2].map((i) => Math.max(...back.slice(i * third, (i + 1) * third)));
    if (!(later > 0 && later < 0.95 * earlier && 0.95 * earlier < 0.9 * first) || later > 1e-2 * width) continue;
    const share = (later / earlier) ** (period / quarter);
    if (later / (1 - share) < 0.05 * width) return period;
  }
  return null;
};

// Whether a long walk stays in one region and neither its steps nor the region shrink; between
// what is certain and what is certainly not so, null.
const wanders = (points) => {
  if (points.length < 200) return false;
  const parts = quarters(points.slice(Math.floor(points.length / 5)));
  const widths = parts.map(spread);
  const lengths = parts.map((part) => mean(strides(part)));
  const share = (numbers) => Math.min(...numbers) / Math.max(...numbers);
  const steady = Math.min(share(widths), share(lengths));
  const creeping = Math.max(...widths) / (mean(lengths) * parts[0].length);
  if (steady > 0.85 && creeping < 0.15) return true;
  return steady < 0.75 || creeping > 0.25 ? false : null;
};

// Whether the record may be an exact cycle that repels: rounding would push float64 off it.
const mayBeExactCycle = ({ points }) => {
  const least = 1e-9 * spread(points);
  for (let period = 2; period <= Math.min(12, Math.floor(points.length / 2)); period += 1) {
    for (let k = 0; k + period < points.length; k += 1) {
      const width = spread(points.slice(k, k + period));
      if (width > least && far(points[k + period], points[k]) <= 1e-9 * width) return true;
    }
  }
  return false;
};

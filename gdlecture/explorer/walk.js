// Gradient descent as gdmath takes it: the same operations in the same order, and its verdicts.
// A field is {dimension, value, gradient, hessian, domain} of functions of the coordinates, which
// Python printed from gdmath's expressions; points are arrays of d numbers.

const square = (u) => u * u;

// C's pow, which gives 1 for 1 and for -1 where JavaScript gives NaN.
const power = (base, exponent) => {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Infinity)) return 1;
  return Math.pow(base, exponent);
};

const isFiniteVector = (vector) => vector.every(Number.isFinite);
const largest = (vector) => Math.max(...vector.map(Math.abs));

const contains = (field, point) =>
  isFiniteVector(point) && field.domain.every((holds) => holds(...point));

const valueAt = (field, point) => (contains(field, point) ? field.value(...point) : NaN);

const gradientAt = (field, point) => {
  const inside = contains(field, point);
  return field.gradient.map((slope) => (inside ? slope(...point) : NaN));
};

const hessianAt = (field, point) => {
  const inside = contains(field, point);
  return field.hessian.map((entry) => (inside ? entry(...point) : NaN));
};

// The conditions that fail at a point, in words.
const explain = (field, point) =>
  field.conditions.filter((_, i) => !field.domain[i](...point)).join(" and ");

// Eigenvalues, ascending, of a symmetric matrix given row by row, for d = 1 or 2.
const eigenvalues = (matrix) => {
  if (matrix.length === 1) return [...matrix];
  const [a, , b, d] = matrix;
  const middle = (a + d) / 2;
  const radius = Math.hypot((a - d) / 2, b);
  return [middle - radius, middle + radius];
};

// 2/λmax: near a minimum, descent settles for rates below it.
const stabilityBound = (field, point) => {
  const top = eigenvalues(hessianAt(field, point)).at(-1);
  return top > 0 ? 2 / top : top <= 0 ? Infinity : NaN;
};

// The distance from |u| to the next larger float64.
const spacing = (u) => {
  if (!Number.isFinite(u)) return NaN;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(u));
  view.setBigUint64(0, view.getBigUint64(0) + 1n);
  const next = view.getFloat64(0);
  return next === Infinity ? 2 ** 971 : next - Math.abs(u);
};

// Every iterate, value and gradient, the verdict's name, and the last index.
const descend = (field, start, rate, steps, tolerance) => {
  const points = [];
  const values = [];
  const gradients = [];
  let x = [...start];
  let verdict = null;
  for (;;) {
    const gradient = gradientAt(field, x);
    points.push(x);
    values.push(valueAt(field, x));
    gradients.push(gradient);
    verdict = reasonToStop(field, x, values.at(-1), gradient, tolerance);
    if (points.length === 1) {
      const level = verdict === "CONVERGED" || gradient.every((slope) => slope === 0);
      if (level && !isMinimum(field, x, tolerance ?? 0)) verdict = "STUCK";
    }
    if (verdict !== null || points.length > steps) break;
    x = x.map((coordinate, i) => coordinate - rate * gradient[i]);
    if (!isFiniteVector(x)) {
      verdict = "DIVERGED";
      break;
    }
  }
  verdict ??= verdictOfSpent(points, values, gradients, tolerance);
  return { points, values, gradients, verdict, stoppedAt: points.length - 1 };
};

const reasonToStop = (field, x, value, gradient, tolerance) => {
  if (!contains(field, x)) return "LEFT_DOMAIN";
  if (!Number.isFinite(value) || !isFiniteVector(gradient)) return "DIVERGED";
  if (tolerance !== null && gradient.every((slope) => Math.abs(slope) < tolerance)) {
    return "CONVERGED";
  }
  return null;
};

const verdictOfSpent = (points, values, gradients, tolerance) => {
  const moves = points.slice(1).map((point, k) => point.map((c, i) => c - points[k][i]));
  if (tolerance === null && isAtRest(points, gradients)) return "CONVERGED";
  if (runsAway(moves, values)) return "DIVERGED";
  if (oscillates(moves)) return "OSCILLATING";
  return "BUDGET_SPENT";
};

const lengths = (moves) => moves.map((move) => Math.hypot(...move));

const isAtRest = (points, gradients) => {
  if (points.length < 2) return gradients.every((gradient) => gradient.every((g) => g === 0));
  const last = points.at(-1);
  const before = points.at(-2);
  const rests = last.every((c, i) => Math.abs(c - before[i]) <= 4 * spacing(c));
  const steepest = Math.max(...gradients.map(largest));
  return rests && largest(gradients.at(-1)) <= Math.max(1e-6 * steepest, 1e-12);
};

const runsAway = (moves, values) => {
  const last = lengths(moves.slice(-5));
  const grows = last.slice(1).every((length, k) => length - last[k] > 0);
  return last.length >= 3 && values.at(-1) > values[0] && grows;
};

const oscillates = (moves) => {
  const tail = moves.slice(-12);
  const product = (u, v) => u.reduce((sum, c, i) => sum + c * v[i], 0);
  const turns = tail.slice(1).map((move, k) => product(move, tail[k]) < 0);
  const first = turns.indexOf(true);
  if (first < 0) return false;
  const rest = turns.slice(first);
  const far = lengths(tail.slice(first + 1));
  if (far.length < 4) return false;
  const half = Math.floor(far.length / 2);
  const early = 0.95 * Math.max(...far.slice(0, half));
  const share = rest.filter(Boolean).length / rest.length;
  return share > 0.5 && Math.max(...far.slice(half)) >= early && early > 0;
};

const directions = (dimension) => {
  if (dimension === 1) return [[1], [-1]];
  const angles = Array.from({ length: 64 }, (_, k) => k * ((2 * Math.PI) / 64));
  return angles.map((angle) => [Math.cos(angle), Math.sin(angle)]);
};

// Whether a point of zero gradient is a minimum, strict or not.
const isMinimum = (field, point, slack) => {
  const hessian = hessianAt(field, point);
  if (isFiniteVector(hessian)) {
    const curvatures = eigenvalues(hessian);
    const flat = 1e-8 * Math.max(1, largest(curvatures));
    if (curvatures[0] > flat) return true;
    if (curvatures[0] < -flat) return false;
  }
  const here = valueAt(field, point);
  return [1e-3, 1e-2].every((radius) => {
    const r = radius * Math.max(1, largest(point));
    const floor = here - (slack * r + 8 * spacing(here));
    return directions(field.dimension).every(
      (u) => !(valueAt(field, point.map((c, i) => c + r * u[i])) < floor),
    );
  });
};

// The index of the minimum to which ever smaller steps downhill lead, or -1.
const minimumBelow = (field, start) => {
  let x = [...start];
  let value = valueAt(field, x);
  let rate = 1;
  for (let k = 0; k < 3000 && rate > 1e-16; k += 1) {
    const gradient = gradientAt(field, x);
    if (!isFiniteVector(gradient)) return -1;
    const bound = stabilityBound(field, x);
    rate = Math.min(rate * 2, Number.isFinite(bound) ? bound / 4 : rate * 2);
    const steep = gradient.reduce((sum, g) => sum + g * g, 0);
    const reach = Math.max(...field.window.map(([low, high]) => high - low)) / 40;
    rate = Math.min(rate, reach / Math.sqrt(steep || 1));
    let next = null;
    for (; rate > 1e-16; rate /= 2) {
      const there = x.map((c, i) => c - rate * gradient[i]);
      const low = valueAt(field, there);
      if (low <= value - 0.3 * rate * steep) {
        next = [there, low];
        break;
      }
    }
    const near = field.minima.findIndex(({ point }) =>
      point.every((c, i) => Math.abs(c - x[i]) <= 1e-3 * (field.window[i][1] - field.window[i][0])),
    );
    if (near >= 0) return near;
    if (next === null) break;
    [x, value] = next;
  }
  return -1;
};

// Descent as gdmath takes it: the same operations in the same order; the rules are in rules.js.
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

// Every iterate, value and gradient, the last index, and how it ended: see judge.js.
const descend = (field, start, method, steps, tolerance) => {
  const step = stepOf(method, steps);
  const points = [];
  const values = [];
  const gradients = [];
  let [x, memory] = [[...start]];
  for (;;) {
    const g = gradientAt(field, x);
    points.push(x);
    values.push(valueAt(field, x));
    gradients.push(g);
    if (points.length > steps || isOver(values.at(-1), g, tolerance)) break;
    if (points.length === 1 && g.every((c) => c === 0) && isNoMinimum(field, x)) break;
    const [after, remembered] = step.advance({ field, x, g }, memory);
    if (!isFiniteVector(after)) break;
    [x, memory] = [after, remembered];
  }
  const record = { points, values, gradients, stoppedAt: points.length - 1 };
  return { ...record, ...judge({ ...record, field, method, step, memory, steps, tolerance }) };
};

const isBelow = (slope, tolerance) =>
  tolerance !== null && slope.every((g) => Math.abs(g) < tolerance);

const isOver = (value, slope, tolerance) =>
  !Number.isFinite(value) || !isFiniteVector(slope) || isBelow(slope, tolerance);

// Of a point whose slope is zero: whether it is certain that it is no minimum.
const isNoMinimum = (field, x) => {
  const size = Math.max(1, largest(x));
  const kind = spotNear(field, x, 1e-6 * size, size)?.kind ?? null;
  return kind !== null && kind !== "minimum" && kind !== "flat";
};

// Whether a point is at a minimum as far as a picture shows, or on a curve of them.
const isBeside = (field, x, { point, curve }) => {
  const share = curve.length ? 1e-2 : 1e-3;
  return [point, ...curve].some((place) =>
    place.every((c, i) => Math.abs(c - x[i]) <= share * (field.window[i][1] - field.window[i][0])),
  );
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
    const near = field.minima.findIndex((minimum) => isBeside(field, x, minimum));
    if (near >= 0) return near;
    if (next === null) break;
    [x, value] = next;
  }
  return -1;
};

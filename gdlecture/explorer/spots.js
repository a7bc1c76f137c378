// The stationary point next to a point, in float64, and its kind: told only where it is certain.
// A spot is {point, value, kind, largest, isRound, error}; a kind that is not certain is null.

const CLOSE = 0.01;
const LEVEL = 1e-9;
const FEW_ULPS = 64 * Number.EPSILON;

const far = (p, q) => Math.max(...p.map((c, i) => Math.abs(c - q[i])));
const along = (p, way, length) => p.map((c, i) => c + length * way[i]);
const dot = (u, v) => u.reduce((sum, c, i) => sum + c * v[i], 0);

// Curvatures, ascending, and the unit vectors along them.
const bendsOf = (matrix) => {
  const curvatures = eigenvalues(matrix);
  if (matrix.length === 1) return { curvatures, ways: [[1]] };
  const [a, , b, d] = matrix;
  const angle = Math.atan2(2 * b, a - d) / 2;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return { curvatures, ways: [[-s, c], [c, s]] };
};

// The spot within `reach` of x, kinds being asked at a thousandth of `size`; null if none is found.
const spotNear = (field, x, reach, size) => {
  const found = newton(field, x, reach) ?? whereTheSlopeTurns(field, x, reach);
  if (found === null) return null;
  let { point, error } = found;
  const known = field.minima.find((m) => far(m.point, point) <= Math.max(1e-6 * size, 4 * error));
  if (known) point = known.point;
  const matrix = hessianAt(field, point);
  const curvatures = isFiniteVector(matrix) ? eigenvalues(matrix).map(Math.abs) : [NaN];
  return {
    point,
    value: valueAt(field, point),
    kind: known ? "minimum" : kindAt(field, point, 1e-3 * size),
    largest: Math.max(...curvatures),
    isRound: Math.min(...curvatures) > 1e-8 * Math.max(...curvatures),
    error: known ? 2 * spacing(largest(point)) : error,
  };
};

// Newton's method along the directions that are curved at all.
const newton = (field, x, reach) => {
  let at = x;
  let before = Infinity;
  for (let i = 0; i < 200; i += 1) {
    const [slope, matrix] = [gradientAt(field, at), hessianAt(field, at)];
    if (!isFiniteVector(slope) || !isFiniteVector(matrix)) return null;
    const ulp = spacing(largest(at));
    if (largest(slope) === 0) return { point: at, error: 2 * ulp };
    const { curvatures, ways } = bendsOf(matrix);
    const most = largest(curvatures);
    const move = at.map(() => 0);
    curvatures.forEach((c, k) => {
      if (Math.abs(c) > 1e-10 * most) ways[k].forEach((w, j) => { move[j] += (w * dot(ways[k], slope)) / c; });
    });
    const length = largest(move);
    if (!Number.isFinite(length) || most === 0) return null;
    const isDone = length <= Math.max(1e-15 * reach, 4 * ulp);
    if (isDone || (length < 1e-8 * reach && length > 0.9 * before)) {
      // It also halts where it sees no curvature, and a slope.
      const explained = most * (4 * length + FEW_ULPS * Math.max(largest(at), reach));
      return largest(slope) <= explained ? { point: at, error: length + 2 * ulp } : null;
    }
    before = length;
    at = along(at, move, -1);
    if (far(at, x) > reach) return null;
  }
  return null;
};

// On a line, the nearest place within reach where the slope changes its sign, as at a kink.
const whereTheSlopeTurns = (field, [x], reach) => {
  if (field.dimension !== 1) return null;
  const slope = (u) => Math.sign(gradientAt(field, [u])[0]);
  const found = [-1, 1].flatMap((side) => {
    const places = [0, ...Array.from({ length: 60 }, (_, k) => reach * 0.5 ** (59 - k))];
    const signs = places.map((r) => slope(x + side * r));
    const turn = places.findIndex((_, k) => k > 0 && signs[k] * signs[k - 1] < 0);
    if (turn < 0) return [];
    let [low, high] = [x + side * places[turn - 1], x + side * places[turn]];
    for (let i = 0; i < 200; i += 1) {
      const middle = (low + high) / 2;
      if (middle === low || middle === high) break;
      if (slope(middle) === signs[turn - 1]) low = middle;
      else high = middle;
    }
    const at = [low, high].reduce((p, q) => (valueAt(field, [q]) < valueAt(field, [p]) ? q : p));
    return Number.isFinite(valueAt(field, [at])) ? [at] : [];
  });
  if (!found.length) return null;
  const at = found.reduce((p, q) => (Math.abs(q - x) < Math.abs(p - x) ? q : p));
  return { point: [at], error: 2 * spacing(at) };
};

// Whether the slope has the same direction all about: then no stationary point is within reach.
const isClear = (field, x, reach) => {
  const slope = gradientAt(field, x);
  if (!(largest(slope) > 0)) return false;
  const size = largest(slope);
  const unit = slope.map((g) => g / size);
  const shares = Array.from({ length: 41 }, (_, i) => i / 20 - 1);
  const points = field.dimension === 1
    ? shares.map((s) => [x[0] + s * reach])
    : shares.flatMap((s) => shares.map((t) => [x[0] + s * reach, x[1] + t * reach]));
  return points.every((p) => dot(gradientAt(field, p), unit) > 0);
};

const kindAt = (field, point, radius) => {
  if (!(radius > 0)) return null;
  if (field.isPiecewise && isFlat(field, point, radius)) return "flat";
  return field.dimension === 1 ? kindOnLine(field, point, radius) : kindInPlane(field, point, radius);
};

// Where neither exponentials nor quotients are: a slope of 0 all around is no underflow.
const isFlat = (field, point, radius) =>
  [0, 0.1, 0.5, 1].every((share) =>
    directions(field.dimension).every((u) => largest(gradientAt(field, along(point, u, share * radius))) === 0),
  );

const kindOnLine = (field, [x], radius) => {
  const [left, here, right] = [x - radius, x, x + radius].map((u) => hessianAt(field, [u])[0]);
  const isSteady = [left, right].every((bend) => bend * here > 0 && Math.abs(here) > CLOSE * Math.abs(bend));
  if (isSteady) return here > 0 ? "minimum" : "maximum";
  const shares = [1, 0.3, 0.1];
  const [before, after] = [-1, 1].map((side) =>
    shares.map((s) => gradientAt(field, [x + side * s * radius])[0]),
  );
  const value = valueAt(field, [x]);
  const jumps = [-1, 1].some((side) => {
    const [near, wide] = [1e-3, 1].map((s) => Math.abs(valueAt(field, [x + side * s * radius]) - value));
    return !(near <= 0.5 * wide + 8 * spacing(value));
  });
  if (jumps) return null;
  const all = (slopes, test) => slopes.every(test);
  const [falls, rises] = [(g) => g < 0, (g) => g > 0];
  if (all(before, falls) && all(after, rises)) return "minimum";
  if (all(before, rises) && all(after, falls)) return "maximum";
  // A floor on one side, a wall on the other.
  const isFloor = all([...before, ...after.map((g) => -g)], (g) => g <= 0);
  if (field.isPiecewise && isFloor) return "minimum";
  const same = [...before, ...after];
  return all(same, falls) || all(same, rises) ? "inflection" : null;
};

const kindInPlane = (field, point, radius) => {
  const matrix = hessianAt(field, point);
  if (!isFiniteVector(matrix)) return null;
  const { curvatures, ways } = bendsOf(matrix);
  const least = (bends) => Math.min(...bends.map(Math.abs));
  const around = directions(2).filter((_, i) => i % 8 === 0).map((u) =>
    eigenvalues(hessianAt(field, along(point, u, radius))),
  );
  const isSteady = around.every((bends) =>
    bends.every((bend, i) => bend * curvatures[i] > 0) && least(curvatures) > CLOSE * least(bends),
  );
  if (isSteady && least(curvatures) > LEVEL * largest(curvatures)) {
    return curvatures[0] > 0 ? "minimum" : curvatures[1] < 0 ? "maximum" : "saddle";
  }
  return kindOfCurve(field, point, radius, curvatures, ways) ?? lowAndHigh(field, point, radius);
};

// On a curve of stationary points, all as high: the curvature across it decides.
const kindOfCurve = (field, point, radius, curvatures, ways) => {
  const level = Math.abs(curvatures[0]) < Math.abs(curvatures[1]) ? 0 : 1;
  const across = curvatures[1 - level];
  if (!(Math.abs(curvatures[level]) <= 1e-7 * Math.abs(across))) return null;
  const here = valueAt(field, point);
  const goesOn = [-1, -0.3, 0.3, 1].every((share) => {
    const length = 10 * share * radius;
    const next = newton(field, along(point, ways[level], length), 0.5 * Math.abs(length));
    const slack = 1e-10 * Math.abs(across) * length * length + 64 * spacing(here);
    return next !== null && far(next.point, point) > 0.3 * Math.abs(length)
      && Math.abs(valueAt(field, next.point) - here) <= slack;
  });
  if (!goesOn) return null;
  return across > 0 ? "minimum" : "maximum";
};

// Clearly lower one way and higher another, on circles of two sizes: neither minimum nor maximum.
const lowAndHigh = (field, point, radius) => {
  const here = valueAt(field, point);
  const slope = largest(gradientAt(field, point));
  const isMixed = [10 * radius, radius].every((r) => {
    const noise = 64 * spacing(here) + 100 * slope * r;
    const rises = directions(2).map((u) => valueAt(field, along(point, u, r)) - here);
    return rises.some((rise) => rise > noise) && rises.some((rise) => rise < -noise);
  });
  return isMixed ? "saddle" : null;
};

const directions = (dimension) => {
  if (dimension === 1) return [[1], [-1]];
  const angles = Array.from({ length: 64 }, (_, k) => k * ((2 * Math.PI) / 64));
  return angles.map((angle) => [Math.cos(angle), Math.sin(angle)]);
};

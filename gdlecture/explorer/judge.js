// How a walk ended: gdmath's rules, as far as float64 decides them; else BUDGET_SPENT, undecided.
// An ending is {kind, period, trend, factor, moreSteps}, null being what is not known.

const ending = (verdict, known = {}) => ({
  verdict,
  ending: { kind: null, period: null, trend: null, factor: null, moreSteps: null, ...known },
});
const UNDECIDED = ending("BUDGET_SPENT", { trend: "undecided" });
const LEAVING = ending("BUDGET_SPENT", { trend: "leaving" });
const isUndecided = ({ verdict, ending: { trend } }) =>
  verdict === "BUDGET_SPENT" && trend === "undecided";

// What a formula gives above this is no slip of a part of it.
const HUGE = 1e250;

const lengthOf = ({ points }, end) =>
  points.length === 1 ? Math.max(1, largest(end)) : Math.max(...points.map((p) => far(p, end)));

const judge = (walk) => {
  const { field, points, values, gradients, stoppedAt, steps, tolerance } = walk;
  if (!contains(field, points.at(-1))) return ending("LEFT_DOMAIN");
  const isLevel = isBelow(gradients.at(-1), tolerance) || gradients[0].every((g) => g === 0);
  if (isLevel) return judgeLevel(walk);
  const isFinite = Number.isFinite(values.at(-1)) && isFiniteVector(gradients.at(-1));
  // Only exact arithmetic tells of a system that is singular, or nearly so, which of both it is.
  if (walk.method.name === "newton" && isSingular(field, points[0])) return UNDECIDED;
  if (isFinite && stoppedAt === steps) return judgeSpent(walk);
  return isFinite && walk.method.name === "newton" ? judgeStepless(walk) : judgeBeyondNumbers(walk);
};

const isSingular = (field, point) => {
  const bends = eigenvalues(hessianAt(field, point)).map(Math.abs);
  return !(Math.min(...bends) > 1e-9 * Math.max(...bends));
};

// --- the slope is below the tolerance ------------------------------------------------------

const judgeLevel = (walk) => {
  const { field, points, gradients, stoppedAt } = walk;
  const x = points.at(-1);
  const atStart = stoppedAt === 0 || gradients[0].every((g) => g === 0);
  const { spot, isThere } = spotReached(walk);
  if (isThere === null) return UNDECIDED;
  if (isThere) {
    const found = arrived(walk, spot);
    return atStart && found.verdict === "STOPPED" ? ending("STUCK", found.ending) : found;
  }
  if (atStart) return ending("STUCK", { kind: "plateau" });
  const horizon = farAlong(field, x, gradients.at(-1).map((g) => -g));
  if (horizon === "no bound") return ending("FALLING");
  if (horizon === "a bound") return ending("STOPPED", { kind: "none" });
  return horizon === "rises" ? ending("STOPPED", { kind: "plateau" }) : UNDECIDED;
};

// The spot next to the last point, and whether it is reached: null if that is unclear.
const spotReached = (walk) => {
  const { field, points } = walk;
  const x = points.at(-1);
  const length = lengthOf(walk, x);
  const reach = Math.max(0.05 * length, 4 * spacing(largest(x)));
  const spot = spotNear(field, x, reach, length || Math.max(1, largest(x)));
  return { spot, isThere: spot === null ? !isClear(field, x, reach) && null : isAt(walk, spot) };
};

// Whether the last point is as near to a spot as the tolerance says; null if that hangs by a hair.
const isAt = (walk, spot) => {
  const { points, tolerance } = walk;
  const distance = far(points.at(-1), spot.point);
  const within = (limit, slack) =>
    Math.abs(distance - limit) <= slack * limit + spot.error ? null : distance < limit;
  if (tolerance === null) return within(limitOf(walk, spot), 0.5);
  const scale = lengthOf(walk, spot.point);
  if (spot.kind === null) return distance > 0.06 * scale ? false : null;
  if (!spot.isRound || spot.kind !== "minimum") return within(0.05 * scale, 1e-3);
  return within(Math.max(1e-3 * scale, (10 * tolerance) / spot.largest), 1e-3);
};

// How near is near without a tolerance: as near as float64 can tell.
const limitOf = (walk, spot) =>
  Math.max(1e-12 * lengthOf(walk, spot.point), 8 * spacing(largest(spot.point)));

// A level piece is a minimum if it is the lowest that is seen, else a shelf.
const arrived = ({ field, points }, { kind, point, value }) => {
  if (kind === null) return UNDECIDED;
  const isFloor = kind === "flat" && isLowestSeen(field, point, value, points);
  if (kind === "minimum" || isFloor) return ending("CONVERGED", { kind: "minimum" });
  return ending("STOPPED", { kind: named(kind) });
};

const named = (kind) => (kind === "flat" ? "plateau" : kind);

// --- the numbers ended before the steps did ------------------------------------------------

// Newton's method, where it has no next point: on a curve of minima it has no need of one.
const judgeStepless = (walk) => {
  const { spot, isThere } = spotReached(walk);
  return isThere ? arrived(walk, spot) : UNDECIDED;
};

const judgeBeyondNumbers = (walk) => {
  const { field, points } = walk;
  if (!isBeyondFloats(walk, points)) return UNDECIDED;
  const [before, last] = [points.at(-2) ?? points[0], points.at(-1)].map((p) => valueAt(field, p));
  const end = Number.isFinite(last) ? last : lastFinite(field, points.at(-2), points.at(-1));
  // What swings as it grows has another sign here and there.
  const swings = Math.abs(last) === Infinity && Math.sign(last) !== Math.sign(end);
  if (end === before || swings) return UNDECIDED;
  return ending(end < before ? "FALLING" : "DIVERGED");
};

// Whether it is the walk that leaves float64, not a part of a formula, as of log(cosh x), nor of a
// rule, as a square of the slope.
const isBeyondFloats = ({ field, step }, points) => {
  const last = points.at(-1);
  if (!Number.isFinite(valueAt(field, last))) {
    return points.length > 1 && Math.abs(lastFinite(field, points.at(-2), last)) > HUGE;
  }
  const lengths = strides(points).slice(-4);
  const shares = lengths.slice(1).map((length, i) => length / lengths[i]);
  const speedsUp = shares.length === 3 && shares[0] < shares[1] && shares[1] < shares[2] && shares[2] > 4;
  if (!step.isLinear) return speedsUp;
  return field.isQuadratic || speedsUp || largest([...last, ...gradientAt(field, last)]) > 1e100;
};

// The value at the last place, on the way from p to q, before those that are not finite.
const lastFinite = (field, p, q) => {
  let [low, high] = [0, 1];
  const at = (share) => valueAt(field, p.map((c, i) => c + share * (q[i] - c)));
  // First by its order of magnitude, for q may be far out.
  for (let share = 1; share > 1e-300 && !Number.isFinite(at(share)); share /= 2) {
    [low, high] = [share / 2, share];
  }
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (Number.isFinite(at(middle))) low = middle;
    else high = middle;
  }
  return at(low);
};

// --- the steps are spent -------------------------------------------------------------------

const judgeSpent = (walk) => {
  const { step } = walk;
  const on = carriedOn(walk);
  const isSteady = step.isSteady(walk.memory);
  if (on.end === "repeats") return roundAndRound(walk, on, on.period);
  if (isSteady && mayBeExactCycle(walk)) return UNDECIDED;
  if (["leaves", "overflows"].includes(on.end) && !isSure(walk, on)) return UNDECIDED;
  if (on.end === "leaves") return LEAVING;
  if (on.end === "overflows") return isBeyondFloats(walk, on.points) ? unbounded(walk, on) : UNDECIDED;
  const coming = step.isLinear ? approachOf(walk, on) : seenApproach(walk, on);
  if (coming !== null) return coming.spot === null ? UNDECIDED : settling(walk, coming);
  if (!isSteady) return on.end === "rests" ? UNDECIDED : outward(walk, on);
  const period = on.points.length > 200 ? slowPeriodOf(on.points) : null;
  const isRestless = period !== null || wanders(on.points);
  if (isRestless === null) return UNDECIDED;
  if (isRestless) return roundAndRound(walk, on, period);
  return on.end === "rests" ? UNDECIDED : outward(walk, on);
};

// Whether a rate a hair off ends it alike, by the same way: where it does not, rounding decides.
const isSure = (walk, on) => {
  const { method, steps } = walk;
  if (!method.rate) return false;
  const step = stepOf({ ...method, rate: method.rate * (1 + 1e-12) }, steps);
  const beside = carriedOn({ ...walk, step });
  const count = Math.min(beside.points.length, on.points.length);
  if (beside.end !== on.end || Math.max(beside.points.length, on.points.length) > count + 2) return false;
  const k = Math.max(count - 3, 0);
  const stride = k > 0 ? far(on.points[k], on.points[k - 1]) : 0;
  return far(on.points[k], beside.points[k]) <= 1e-3 * stride;
};

const settling = (walk, { spot, factor, moreSteps }) => {
  const isThere = walk.tolerance === null ? isAt(walk, spot) : false;
  if (isThere === null) return UNDECIDED;
  if (isThere) return arrived(walk, spot);
  return ending("BUDGET_SPENT", { kind: named(spot.kind), trend: "approaching", factor, moreSteps });
};

// OSCILLATING if the record has been round already, and stays about the cycle; else leaving.
const roundAndRound = (walk, on, period) => {
  const ring = on.points.slice(-(period ?? Math.floor(on.points.length / 2)));
  const length = Math.max(3, period ?? 40);
  const fromHere = [...walk.points.slice(-length - 1), ...on.points.slice(1)];
  const isNear = (room) => ring[0].every((_, i) => {
    const column = ring.map((p) => p[i]);
    const [low, high] = [Math.min(...column) - room, Math.max(...column) + room];
    return fromHere.every((p) => p[i] >= low && p[i] <= high);
  });
  const lengths = strides(fromHere);
  let [sum, least] = [0, Infinity];
  lengths.forEach((stride, i) => {
    sum += stride - (i >= length ? lengths[i - length] : 0);
    if (i >= length - 1) least = Math.min(least, sum / length);
  });
  const usual = mean(strides(on.points.slice(-ring.length - 1)));
  const width = spread(ring);
  const stays = (room, share) => isNear(room * width) && least >= share * usual;
  if (walk.stoppedAt >= length && stays(0.45, 0.45)) return ending("OSCILLATING", { period });
  if (walk.stoppedAt >= length && stays(0.55, 0.35)) return UNDECIDED;
  return ending("BUDGET_SPENT", { period, trend: "leaving" });
};

const outward = (walk, on) => {
  if (!walk.step.movesOn) return UNDECIDED;
  const half = on.points.slice(Math.floor(on.points.length / 2));
  const way = half.at(-1).map((c, i) => c - half[0][i]);
  const isStraight = half.slice(1).every((p, k) => dot(p.map((c, i) => c - half[k][i]), way) > 0);
  if (isStraight) {
    const horizon = farAlong(walk.field, half.at(-1), way);
    if (horizon === "a bound") return ending("BUDGET_SPENT", { kind: "none", trend: "leaving" });
    if (horizon === "no bound") return falling(walk, heightsFrom(walk, on));
    if (!walk.step.isLinear || (horizon === null && !walk.field.isQuadratic)) return UNDECIDED;
  }
  // On a parabola the rule is linear: strides that grow by a factor do so for ever.
  const most = quarters(strides(on.points)).map((part) => Math.max(...part));
  const grows = most.slice(1).every((stride, i) => stride > 1.001 * most[i]);
  return walk.step.isLinear && walk.field.isQuadratic && grows ? unbounded(walk, on) : UNDECIDED;
};

// DIVERGED or FALLING if the record shows it: f has risen, or does nothing but fall.
const unbounded = (walk, on) => {
  // The rate of a rule that changes on the way may yet die out.
  if (!walk.step.isSteady(walk.memory)) return LEAVING;
  const heights = heightsFrom(walk, on);
  if (heights.at(-1) < heights[0]) return falling(walk, heights);
  const lengths = strides(walk.points);
  const [late, before] = [lengths.slice(-3), lengths.slice(-6, -3)];
  const grows = lengths.length < 4 || Math.max(...late) > Math.max(...before);
  const rises = Math.max(...walk.values.slice(-3)) > walk.values[0];
  return grows && rises ? ending("DIVERGED") : LEAVING;
};

const falling = ({ values }, heights) => {
  const falls = heights.slice(1).every((height, i) => height - heights[i] <= 1e-9 * Math.abs(height));
  return falls && values.at(-1) < values[0] ? ending("FALLING") : LEAVING;
};

// The values of the last step and of all that were carried on, as far as float64 has them.
const heightsFrom = ({ field, values }, on) => {
  const heights = [...values.slice(-2), ...on.points.slice(1).map((p) => valueAt(field, p))];
  const end = heights.findIndex((height) => !Number.isFinite(height));
  return end < 0 ? heights : heights.slice(0, Math.max(2, end));
};

/** Yellow to red, for counts between nothing and the most. */
const STOPS = [
  [255, 245, 184],
  [254, 224, 130],
  [254, 190, 88],
  [253, 150, 66],
  [244, 102, 46],
  [221, 50, 36],
  [166, 14, 38],
];

/** [r, g, b] for a share between 0 and 1. */
export function heat(share) {
  const at = Math.min(1, Math.max(0, share)) * (STOPS.length - 1);
  const below = Math.min(STOPS.length - 2, Math.floor(at));
  return STOPS[below].map((c, i) => Math.round(c + (STOPS[below + 1][i] - c) * (at - below)));
}

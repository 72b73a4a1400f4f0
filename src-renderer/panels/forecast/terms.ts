/** Every word of the pane, for who meets it for the first time. */
export const terms: readonly string[] = [
  'Chance of up: how likely the mid goes up rather than down, given that it moves, at its next move or over 1, 5 and 10 s. Shown only while an edge is proven; otherwise the pane says “no edge” or “not enough history”.',
  'Edge proven: on what came, the model saved log-loss against the better of base rate, Cont–de Larrard and a coin beyond chance (95 % of resampled stretches of 30 s), ranks at least as well as the queue imbalance alone and the last move, and its calibration error is at most 5 %, or no more than chance brings to so short a history.',
  'n: forecasts whose outcome is known, of the last 6,000. They overlap; stretches of 30 s are what counts as independent.',
  'Log-loss: mean of −ln of the chance given to what happened; a coin has 0.693. Saved: how much less it is than the best of what needs no model.',
  'AUC: how often a rise was given the higher chance than a fall; 0.5 is a coin.',
  'Calibration error: mean distance between what was said and how often it came, over tenths of probability (ECE). By chance up to: 19 of 20 perfectly calibrated forecasts of so short a history stay below that.',
  'Brier: mean squared miss = reliability − resolution + uncertainty (Murphy 1973).',
  'Base rate: the share of ups so far. Cont–de Larrard: the chance that the ask queue empties first when orders of the usual trade’s size come and go at even odds (2013). Last move: the move goes on.',
  'Worth: the surest tenth of forecasts, traded. Taking pays half the spread and the fee on both ways, and the order arrives 50, 100 or 250 ms late. A direction that is known is usually no profit.',
  'Learning: AdaGrad on 15 signals beside the weights it starts from; what was learned speaks once it has saved more than it cost. Every forecast is scored as it was made and learned from only when its outcome is known; what spans a gap is not.'
]

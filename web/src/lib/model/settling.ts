// How long a stage takes to settle.
import type { StageSummary } from '../api/types';

/** Days from the day shown until the stage is settled: windows and latenesses down to shown add up. */
export function settlingDays(stages: readonly StageSummary[], stage: StageSummary): number {
  const base = stages.find((other) => other.stage === stage.of);
  return stage.window_days + stage.lateness_days + (base === undefined ? 0 : settlingDays(stages, base));
}

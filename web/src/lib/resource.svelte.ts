// An answer that is asked for again when what it depends on changes. The last answer stays on the
// page while the next one is on its way.
import { ApiError } from './api/client';

export class Resource<T> {
  value = $state.raw<T | null>(null);
  error = $state.raw<ApiError | null>(null);
  loading = $state(true);
  private turn = 0;

  /** `load` runs in an effect: everything it reads before its first await is what it depends on. */
  constructor(load: () => Promise<T>) {
    $effect(() => {
      const turn = ++this.turn;
      this.loading = true;
      load().then(
        (value) => {
          if (turn !== this.turn) return;
          this.value = value;
          this.error = null;
          this.loading = false;
        },
        (error: unknown) => {
          if (turn !== this.turn) return;
          this.error = error instanceof ApiError ? error : new ApiError(0, 'internal', String(error));
          this.loading = false;
        },
      );
    });
  }
}

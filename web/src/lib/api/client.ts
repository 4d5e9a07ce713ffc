// Asks the program. Answers are kept per address, so that moving between pages is instant; a
// reload asks again.
import { linesOf, type Line } from './decode';
import type { Annotation, AnnotationList, Backtest, Changes, CheckReport, Collections, DrillAnswer, DrillRequest, Expected, Fairness, Incident, IncidentList, JudgementAction, MetricSeries, NewAnnotation, Problem, Ranking, SegmentList, Signs, Slice, Truth } from './types';
import type { IsoDay } from '../figure';

export interface SeriesQuery {
  stage: string;
  by?: 'day' | 'week' | 'span';
  attribute?: string;
  slice?: Slice;
  from?: IsoDay;
  to?: IsoDay;
}

/** What the pages need of the program; a test hands in its own. */
export interface Api {
  check(): Promise<CheckReport>;
  truth(): Promise<Truth>;
  segments(): Promise<SegmentList>;
  lines(query: SeriesQuery): Promise<Line[]>;
  incidents(): Promise<IncidentList>;
  ranking(): Promise<Ranking>;
  collections(): Promise<Collections>;
  backtest(): Promise<Backtest>;
  signs(): Promise<Signs>;
  /** How groups of customers are served beside each other; null: by every attribute. */
  fairness(stage: string, attribute: string | null): Promise<Fairness>;
  /** What the model's own scores would have us expect of a stage. */
  expected(stage: string): Promise<Expected>;
  /** What is known now, whatever day is looked at, beside what was known on a day. */
  changes(since: IsoDay): Promise<Changes>;
  /** About what is known now, whatever day is looked at. */
  judge(incident: string, action: JudgementAction, note: string): Promise<Incident>;
  annotations(): Promise<AnnotationList>;
  /** Known from the newest day on, whatever day is looked at. */
  annotate(annotation: NewAnnotation): Promise<Annotation>;
  takeBack(annotation: string): Promise<Annotation>;
  startDrill(request: DrillRequest): Promise<DrillAnswer>;
  /** Asked anew every time: a drill goes on. */
  drill(id: string): Promise<DrillAnswer>;
}

/** An answer that is an error, in the program's own words. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

export type Fetch = (address: string, init?: RequestInit) => Promise<Response>;

function queryText(values: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, value);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

export class HttpApi implements Api {
  private readonly answers = new Map<string, Promise<unknown>>();

  constructor(
    private readonly base: string,
    private readonly asOf: IsoDay | null,
    private readonly get: Fetch = (address, init) => fetch(address, { ...init, headers: { accept: 'application/json', ...init?.headers } }),
  ) {}

  check(): Promise<CheckReport> {
    return this.ask('check', {});
  }

  truth(): Promise<Truth> {
    return this.ask('truth', {});
  }

  segments(): Promise<SegmentList> {
    return this.ask('segments', {});
  }

  async lines(query: SeriesQuery): Promise<Line[]> {
    const { slice, ...rest } = query;
    const within = slice === undefined || Object.keys(slice).length === 0 ? undefined : JSON.stringify(slice);
    return linesOf(await this.ask<MetricSeries>('metrics', { ...rest, slice: within }));
  }

  incidents(): Promise<IncidentList> {
    return this.ask('incidents', {});
  }

  changes(since: IsoDay): Promise<Changes> {
    return this.read(`${this.base}changes${queryText({ since })}`);
  }

  backtest(): Promise<Backtest> {
    return this.ask('backtest', {});
  }

  signs(): Promise<Signs> {
    return this.ask('signs', {});
  }

  expected(stage: string): Promise<Expected> {
    return this.ask('expected', { stage });
  }

  fairness(stage: string, attribute: string | null): Promise<Fairness> {
    return this.ask('fairness', { stage, attribute: attribute ?? undefined });
  }

  collections(): Promise<Collections> {
    return this.ask('collections', {});
  }

  ranking(): Promise<Ranking> {
    return this.ask('ranking', {});
  }

  judge(incident: string, action: JudgementAction, note: string): Promise<Incident> {
    return this.write(`incidents/${incident}/${action}`, { note });
  }

  annotations(): Promise<AnnotationList> {
    return this.ask('annotations', {});
  }

  annotate(annotation: NewAnnotation): Promise<Annotation> {
    return this.write('annotations', annotation);
  }

  takeBack(annotation: string): Promise<Annotation> {
    return this.write(`annotations/${annotation}/take-back`, {});
  }

  startDrill(request: DrillRequest): Promise<DrillAnswer> {
    return this.write('drills', request);
  }

  drill(id: string): Promise<DrillAnswer> {
    return this.read(`${this.base}drills/${id}`);
  }

  /** Never kept; the header tells the program that the request was meant, by no foreign page. */
  private write<T>(route: string, body: unknown): Promise<T> {
    return this.read(this.base + route, { method: 'POST', headers: { 'content-type': 'application/json', 'x-ripen': '1' }, body: JSON.stringify(body) });
  }

  private ask<T>(route: string, values: Record<string, string | undefined>): Promise<T> {
    const address = this.base + route + queryText({ ...values, as_of: this.asOf ?? undefined });
    const known = this.answers.get(address);
    if (known !== undefined) return known as Promise<T>;
    const answer = this.read<T>(address);
    this.answers.set(address, answer);
    answer.catch(() => this.answers.delete(address));
    return answer;
  }

  private async read<T>(address: string, init?: RequestInit): Promise<T> {
    let response: Response;
    try {
      response = await this.get(address, init);
    } catch {
      throw new ApiError(0, 'unavailable', '');
    }
    if (!response.ok) {
      const problem = (await response.json().catch(() => null)) as Partial<Problem> | null;
      throw new ApiError(response.status, problem?.code ?? 'internal', problem?.detail ?? '');
    }
    return (await response.json()) as T;
  }
}

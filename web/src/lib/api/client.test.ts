import { describe, expect, it } from 'vitest';
import { ApiError, HttpApi } from './client';

function recorder(answer: (address: string) => Response) {
  const asked: string[] = [];
  return {
    asked,
    get: (address: string) => {
      asked.push(address);
      return Promise.resolve(answer(address));
    },
  };
}

describe('HttpApi', () => {
  it('asks as of the day looked at, and once for one address', async () => {
    const { asked, get } = recorder(() => Response.json({ series: [] }));
    const api = new HttpApi('/api/v1/', '2026-11-14', get);
    await Promise.all([api.lines({ stage: 'click', slice: { age_group: '25-34' }, by: 'span' }), api.lines({ stage: 'click', slice: { age_group: '25-34' }, by: 'span' })]);
    expect(asked).toHaveLength(1);
    const query = new URL(asked[0] ?? '', 'http://x').searchParams;
    expect(Object.fromEntries(query)).toEqual({ stage: 'click', by: 'span', slice: '{"age_group":"25-34"}', as_of: '2026-11-14' });
  });

  it('leaves out a slice that is everything', async () => {
    const { asked, get } = recorder(() => Response.json({ series: [] }));
    await new HttpApi('/api/v1/', null, get).lines({ stage: 'click', slice: {} });
    expect(asked).toEqual(['/api/v1/metrics?stage=click']);
  });

  it("passes on the program's own sentence, and asks again after an error", async () => {
    const { asked, get } = recorder(() => Response.json({ detail: 'There is no stage "x".', code: 'not_found' }, { status: 404 }));
    const api = new HttpApi('/api/v1/', null, get);
    await expect(api.check()).rejects.toMatchObject({ message: 'There is no stage "x".', code: 'not_found', status: 404 });
    await expect(api.check()).rejects.toBeInstanceOf(ApiError);
    expect(asked).toHaveLength(2);
  });

  it('starts a drill with the header that no foreign page can send, and asks for it anew every time', async () => {
    const asked: [string, RequestInit | undefined][] = [];
    const api = new HttpApi('/api/v1/', '2026-11-14', (address, init) => {
      asked.push([address, init]);
      return Promise.resolve(Response.json({ id: '3' }));
    });
    await api.startDrill({ stage: 'click', change: -0.25, days: 10 });
    await api.drill('3');
    await api.drill('3');
    expect(asked.map(([address]) => address)).toEqual(['/api/v1/drills', '/api/v1/drills/3', '/api/v1/drills/3']);
    expect(asked[0]?.[1]).toEqual({ method: 'POST', headers: { 'content-type': 'application/json', 'x-ripen': '1' }, body: '{"stage":"click","change":-0.25,"days":10}' });
  });

  it('tells an unreachable program from a wrong question', async () => {
    const api = new HttpApi('/api/v1/', null, () => Promise.reject(new TypeError('network')));
    await expect(api.truth()).rejects.toMatchObject({ status: 0, code: 'unavailable' });
  });
});

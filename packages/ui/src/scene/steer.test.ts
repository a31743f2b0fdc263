import { describe, expect, it } from 'vitest';
import { wheelAct } from './steer.ts';

const turn = { deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, metaKey: false, shiftKey: false };

describe('a turn of the wheel', () => {
  it('scrolls', () =>
    expect(wheelAct({ ...turn, deltaX: 3, deltaY: 40 })).toEqual({ kind: 'pan', dx: 3, dy: 40 }));
  it('pans sideways with Shift, whoever turns it', () => {
    expect(wheelAct({ ...turn, deltaY: 40, shiftKey: true })).toEqual({ kind: 'pan', dx: 40, dy: 0 });
    expect(wheelAct({ ...turn, deltaX: 40, shiftKey: true })).toEqual({ kind: 'pan', dx: 40, dy: 0 });
  });
  it('zooms with Ctrl or Cmd: up is closer, and back again is back', () => {
    const closer = wheelAct({ ...turn, deltaY: -100, ctrlKey: true });
    const back = wheelAct({ ...turn, deltaY: 100, metaKey: true });
    if (closer.kind !== 'zoom' || back.kind !== 'zoom') throw new Error('no zoom');
    expect(closer.factor).toBeGreaterThan(1);
    expect(closer.factor * back.factor).toBeCloseTo(1);
  });
  it('counts lines as px', () =>
    expect(wheelAct({ ...turn, deltaY: 3, deltaMode: 1 })).toEqual({ kind: 'pan', dx: 0, dy: 48 }));
});

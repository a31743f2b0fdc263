/**
 * What flight recorders of threads held that have ended: a test may have failed in one of them, which its process says at its own end. Together
 * they hold no more than one flight recorder; the oldest are let go.
 */
import type { Segments } from './segment-file.ts';

/** A flight recorder. */
export interface FlightSink extends Segments {
  /** Bytes that its thread, which has ended, did not keep. */
  readonly left: number;
  keepLeft(reason: string, micros: number): void;
  letLeftGo(): void;
}

/** What is kept beside the segments, about. */
const OVERHEAD_BYTES = 8192;

type Left = Pick<FlightSink, 'left' | 'keepLeft' | 'letLeftGo'>;

export class EndedFlights {
  readonly #limit: number;
  #flights: Left[] = [];

  /** @param limit bytes */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(flight: Left): void {
    if (flight.left === 0) return;
    this.#flights.push(flight);
    while (this.bytes > this.#limit) this.#flights.shift()!.letLeftGo();
  }

  get bytes(): number {
    return this.#flights.reduce((sum, { left }) => sum + left + OVERHEAD_BYTES, 0);
  }

  keepAll(reason: string, micros: number): void {
    for (const flight of this.#flights) flight.keepLeft(reason, micros);
    this.#flights = [];
  }
}

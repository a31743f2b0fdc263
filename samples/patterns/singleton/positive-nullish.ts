// In one expression.
class Metrics {
  counts = new Map<string, number>();
}

let shared: Metrics | undefined;

export const metrics = () => (shared ??= new Metrics());

// The answer is given before it is written, and a failure ends the process.
async function record(event: object) {
  await fetch('https://events.internal', { method: 'POST', body: JSON.stringify(event) });
}

export function onOrder(order: { id: string }) {
  record({ type: 'order', id: order.id });
  return { accepted: true };
}

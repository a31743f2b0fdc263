/** What OpenTelemetry would tell of a program that handles secrets: requests of OTLP, as JSON and as protobuf. */

/** Fields of the messages that are sent, by name: number, and what it is. */
const NUMBERS = {
  request: { resourceSpans: [1, 'resource'], resourceLogs: [1, 'resource'], resourceMetrics: [1, 'resource'] },
  resource: { resource: [1, 'attributed'], scopeSpans: [2, 'scope'], scopeLogs: [2, 'scope'], scopeMetrics: [2, 'scope'] },
  attributed: { attributes: [1, 'pair'] },
  scope: { scope: [1, 'named'], spans: [2, 'span'], logRecords: [2, 'log'], metrics: [2, 'metric'] },
  named: { name: [1, 'text'] },
  span: { traceId: [1, 'id'], spanId: [2, 'id'], name: [5, 'text'], startTimeUnixNano: [7, 'time'], endTimeUnixNano: [8, 'time'], attributes: [9, 'pair'], status: [15, 'status'] },
  status: { message: [2, 'text'] },
  log: { timeUnixNano: [1, 'time'], severityText: [3, 'text'], body: [5, 'value'], attributes: [6, 'pair'] },
  metric: { name: [1, 'text'], description: [2, 'text'], gauge: [5, 'gauge'] },
  gauge: { dataPoints: [1, 'point'] },
  point: { timeUnixNano: [3, 'time'], asDouble: [4, 'double'], attributes: [7, 'pair'] },
  pair: { key: [1, 'text'], value: [2, 'value'] },
  value: { stringValue: [1, 'text'], arrayValue: [5, 'list'], kvlistValue: [6, 'pairs'] },
  list: { values: [1, 'value'] },
  pairs: { values: [1, 'pair'] },
}; // prettier-ignore

const LEAVES = {
  text: (text) => Buffer.from(text),
  id: (digits) => Buffer.from(digits, 'hex'),
};

function eightBytes(kind, value) {
  const bytes = Buffer.alloc(8);
  if (kind === 'double') bytes.writeDoubleLE(value);
  else bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function varint(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
}

/** The message as bytes. */
export function protobuf(message, kind = 'request') {
  const parts = Object.entries(message).flatMap(([name, told]) => {
    const [number, of] = NUMBERS[kind][name];
    return [told].flat().flatMap((each) => {
      if (of === 'time' || of === 'double') return [varint(number * 8 + 1), eightBytes(of, each)];
      const bytes = LEAVES[of]?.(each) ?? protobuf(each, of);
      return [varint(number * 8 + 2), varint(bytes.length), bytes];
    });
  });
  return Buffer.concat(parts);
}

const pair = (key, text) => ({ key, value: { stringValue: text } });
const attributes = ({ text, secret }) => [
  pair('note', text),
  pair('db.password', secret),
  { key: 'http.request.header.authorization', value: { arrayValue: { values: [{ stringValue: secret }] } } },
  { key: 'form', value: { kvlistValue: { values: [pair('apiKey', secret), pair('said', `it said ${text}`)] } } },
]; // prettier-ignore

/** Path → request, that all of the secrets are in. @param round makes ids that differ */
export function requests(secrets, round) {
  const now = String(BigInt(Date.now()) * 1_000_000n);
  const id = (at, digits) => `${round}${(at + 1).toString(16)}`.padStart(digits, '0');
  const spans = secrets.map((each, at) => ({
    traceId: id(at, 32),
    spanId: id(at, 16),
    name: `span of ${each.text}`,
    startTimeUnixNano: now,
    endTimeUnixNano: now,
    attributes: attributes(each),
    status: { message: `failed with ${each.text}` },
  }));
  const logRecords = secrets.map((each, at) => ({
    timeUnixNano: now,
    severityText: 'INFO',
    body: at % 2 === 0 ? { stringValue: each.text } : { kvlistValue: { values: attributes(each) } },
    attributes: attributes(each),
  }));
  const metrics = secrets.map((each) => ({
    name: 'things',
    description: `of ${each.text}`,
    gauge: { dataPoints: [{ timeUnixNano: now, asDouble: round, attributes: attributes(each) }] },
  }));
  const resource = { attributes: [pair('service.name', `shop ${secrets[0].text}`)] };
  const scope = { name: `scope ${secrets[0].text}` };
  return {
    '/v1/traces': { resourceSpans: [{ resource, scopeSpans: [{ scope, spans }] }] },
    '/v1/logs': { resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords }] }] },
    '/v1/metrics': { resourceMetrics: [{ resource, scopeMetrics: [{ scope, metrics }] }] },
  };
}

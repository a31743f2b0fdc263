/** Rings, recording and error signatures, without any host API. */
export * from './record.ts';
export type { Stalls } from './slow-path.ts';
export * from './errors.ts';
export { rememberRepeated } from './repeated-errors.ts';
export { createFewSignatures, createSignatures } from './signatures.ts';
export { createEdgeRecorder } from './edges.ts';
export { idleProbes } from './idle.ts';
export { createPreview, PREVIEW_LIMITS, type Inside } from './preview.ts';
export { createNotes } from './notes.ts';
export { createRedaction, type Redaction, type RedactionCounts, type RedactionSettings } from './redact.ts';
export { createTally, redactArguments, redactNote } from './redact-note.ts';
export { SECRET_RULES } from './secret-rules.ts';
export { shownUrl } from './shown-url.ts';
export { timeGates } from './timed-gates.ts';
export { withFrames, type FrameListener } from './turn-probes.ts';
export { createLook, noLook, type LookAt, type LookAtArguments } from './values.ts';
export { KnownSecrets } from './known-secrets.ts';
export { EVENT_CHANNEL, eventName, eventValues } from './event-values.ts';

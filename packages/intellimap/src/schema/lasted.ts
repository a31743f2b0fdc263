/** How long a call took, in SQL: from start to end, without what its thread waited for the recorder. */

/**
 * µs, DOUBLE; NULL: it has not ended.
 * @param call alias of the row of `calls`; none where its columns stand alone
 * @param end when it ended, where `end_us` does not tell
 */
export function lasted(call = '', end?: string): string {
  const of = call === '' ? '' : `${call}.`;
  return `${end ?? `${of}end_us`} - ${of}start_us - coalesce(${of}stalled_us, 0)`;
}

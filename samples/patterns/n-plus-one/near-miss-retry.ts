// The same request again until it works: no element is asked for.
export async function fetchWithRetry(url: string, attempts: number) {
  let last: unknown;
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      const response = await fetch(url, { headers: { 'x-attempt': String(attempt) } });
      if (response.ok) return response;
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

// One request to the shop. Everything that is not an answer of the 200s is an ApiError.

export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  /** What the shop calls it, as `out_of_stock`. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export interface RequestOptions {
  body?: unknown;
  token?: string;
  signal?: AbortSignal;
}

export async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const { body, token, signal } = options;
  const response = await fetch(`/api${path}`, {
    method,
    headers: headersFor(body, token),
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  });
  if (!response.ok) throw await errorOf(response);
  // What was removed has no text.
  return (response.status === 204 ? undefined : await response.json()) as T;
}

function headersFor(body: unknown, token: string | undefined): Record<string, string> {
  return {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
}

async function errorOf(response: Response): Promise<ApiError> {
  try {
    const { error } = await response.json();
    return new ApiError(response.status, error.code, error.message);
  } catch {
    return new ApiError(response.status, 'no_json', `the shop answered ${response.status}`);
  }
}

// Begun together already.
export async function home(api: any) {
  const newsSoon = api.fetchNews();
  const weatherSoon = api.fetchWeather();
  const news = await newsSoon;
  const weather = await weatherSoon;
  return { news, weather };
}

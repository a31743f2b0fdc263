// As many as somebody wrote down.
const REGIONS = ['eu', 'us', 'asia'];

export async function status() {
  return await Promise.all(
    REGIONS.map(async (region) => {
      const answer = await fetch(`https://${region}.example.org/health`);
      return [region, answer.ok];
    }),
  );
}

// Three reads that know nothing of each other.
export async function dashboard(userId: string, api: any) {
  const profile = await api.getProfile(userId);
  const orders = await api.listOrders(userId);
  const messages = await api.fetchMessages(userId);
  return { profile, orders, messages };
}

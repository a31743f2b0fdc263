import { Router } from 'express';
import { exportQuery, reportQuery, stocktakeLine } from '../schemas.mjs';
import { requireAdmin, requireCustomer } from '../middleware/authenticate.mjs';
import { validate } from '../middleware/validate.mjs';

export function adminRoutes({ orders, orderExport, stocktake }) {
  const routes = Router();

  routes.use('/admin', requireCustomer, requireAdmin);

  routes.get('/admin/reports/sales', validate({ query: reportQuery }), async (req, res) => {
    // Most starts of this program never need the report, so it is loaded by the first who does.
    const { buildSalesReport } = await import('../../reports/sales-report.mjs');
    res.json(await buildSalesReport(orders, req.valid.query.year));
  });

  routes.get('/admin/exports/orders.csv', validate({ query: exportQuery }), async (req, res) => {
    const { month } = req.valid.query;
    res.type('text/csv').attachment(`orders-${month}.csv`);
    await orderExport.writeCsv(month, monthAfter(month), res);
  });

  routes.post('/admin/stocktake', async (req, res) => {
    res.json(await stocktake.read(req, stocktakeLine));
  });

  return routes;
}

/** "2024-12" → "2025-01" */
function monthAfter(month) {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number)).toISOString().slice(0, 7);
}

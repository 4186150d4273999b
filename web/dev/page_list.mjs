// Every page, with the stand-in server's things open.
export const officePages = [
  '/start', '/today', '/today?open=4', '/dispatches', '/dispatches/1', '/dispatches/1?m=2', '/dispatches/5', '/sources', '/results', '/results/2',
  '/results/2/findings', '/results/2/findings?open=3', '/compare?old=1&new=2', '/registers', '/registers/duty', '/tasks', '/tasks?open=1',
  '/attestations', '/attestations?tab=exceptions', '/settings/office', '/settings/users', '/settings/tokens', '/settings/backup', '/settings/general',
  '/settings/jobs', '/audit', '/account', '/nowhere',
];
export const centrePages = ['/centre', '/rollup', '/agencies', '/agencies/2', '/dispatches/4/recipients', '/wall'];

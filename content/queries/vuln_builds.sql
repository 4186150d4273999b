-- Of every Windows machine the one that stands for its build in queries/vuln_missing.sql.
with known as materialized (select * from windows_known)
select host, min(host) over (partition by branch, server, architecture, have, doubt, ceiling) as build
from known

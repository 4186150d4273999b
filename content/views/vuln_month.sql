-- Every month of the supplied documents and the newest build of Windows (19045) they speak of.
select a.month as month, max(cast(substr(branch, instr(branch, '.') + 1 +
         instr(substr(branch, instr(branch, '.') + 1), '.')) as integer)) as newest
from (select distinct month from vuln_advisory) a
     left join vuln_update u on u.month = a.month and u.branch <> ''
group by a.month

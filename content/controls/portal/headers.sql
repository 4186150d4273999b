-- Every portal that answered: the headers that browsers need to protect visitors, cookies that
-- scripts and plain connections cannot read, no product version for everyone to look up.
select fact_id as fact, portal as subject,
       trim(case when hsts = 0 then 'HSTS ' else '' end || case when csp = 0 then 'CSP ' else '' end
         || case when frame_protection = 0 then 'X-Frame-Options ' else '' end
         || case when unsafe_cookie_count > 0 then 'Set-Cookie ' else '' end
         || coalesce(server_version, '')) as observed,
       case when state <> 'answered' then 'unknown'
            when hsts = 0 or csp = 0 or frame_protection = 0 or unsafe_cookie_count > 0
              or server_version <> '' then 'fail'
            when hsts is null or csp is null or frame_protection is null
              or unsafe_cookie_count is null or server_version is null then 'unknown'
            else 'pass' end as result,
       case when state <> 'answered' then 'reason.network.portal_silent'
            when hsts = 0 or csp = 0 or frame_protection = 0 then 'reason.network.headers_missing'
            when unsafe_cookie_count > 0 then 'reason.network.cookies_open'
            when server_version <> '' then 'reason.network.version_shown'
            when hsts is null or csp is null or frame_protection is null
              or unsafe_cookie_count is null or server_version is null
            then 'reason.network.portal_silent' end as reason
from portal_check

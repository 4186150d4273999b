-- Every server's own certificate: in force today and for the margin ahead. The chain above it is the
-- issuer's matter.
select fact_id as fact, coalesce(nullif(names, ''), subject, path) as subject,
       case when starts_at > :as_of then starts_at else ends_at end as observed_at,
       case when ends_at is null then 'unknown'
            when starts_at > :as_of then 'fail'
            when ends_at >= add_period(day_start(:as_of_on), :margin) then 'pass'
            else 'fail' end as result,
       case when ends_at is null then 'reason.no_certificate_end'
            when starts_at > :as_of then 'reason.certificate_not_yet'
            when ends_at < day_start(:as_of_on) then 'reason.certificate_ended'
            when ends_at < add_period(day_start(:as_of_on), :margin)
            then 'reason.certificate_ends_soon' end as reason
from certificate where coalesce(position, 1) = 1

-- Every shift that touches a window of the order: a phone number one can dial, and an end after its
-- beginning.
select shift.fact_id as fact, person as subject, local_time(from_at) as observed,
       case when to_at <= from_at or phone is null
                 or length(replace(replace(replace(phone, '.', ''), ' ', ''), '-', '')) < 9
            then 'fail' else 'pass' end as result,
       case when to_at <= from_at then 'reason.register.shift_backwards'
            when phone is null then 'reason.register.no_phone'
            when length(replace(replace(replace(phone, '.', ''), ' ', ''), '-', '')) < 9
            then 'reason.register.phone_short' end as reason
from (select s.fact_id, s.person, s.phone, s.from_at, s.to_at
      from duty_shift s
      where exists (select 1 from watch_window w
                    where w.dispatch = :dispatch and s.from_at <= day_end(w.to_on)
                          and max(s.to_at, s.from_at) >= day_start(w.from_on))) as shift

-- Every mailbox that was read: no message with signs of phishing lies in it outside junk and trash.
-- Signs only, so a clean mailbox does not decide alone; what people opened is not seen here.
with found as (
  select mailbox, count(*) as messages from mail_finding
  where kind = 'phishing' and coalesce(place, 'inbox') = 'inbox' group by mailbox)
select b.fact_id as fact, b.mailbox as subject, coalesce(f.messages, 0) as observed,
       case when f.messages > 0 then 'fail'
            when coalesce(b.unread_count, 0) > 0 then 'unknown'
            else 'pass' end as result,
       case when f.messages > 0 then 'reason.mail.phishing_kept'
            when coalesce(b.unread_count, 0) > 0 then 'reason.mail.messages_unread' end as reason
from mail_box b left join found f on f.mailbox = b.mailbox

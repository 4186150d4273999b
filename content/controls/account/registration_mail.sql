-- Every mailbox that was read: no mail tells that an official address was registered at a social
-- network, a shop or a forum. Where the mail lies makes no difference. A mailbox may have been
-- cleaned, so a pass does not decide alone.
with found as (
  select mailbox, count(*) as messages, group_concat(distinct service) as services,
         group_concat(case when nth <= 5 then file || coalesce(' #' || number, '') end, ', ') as files
  from (select *, row_number() over (partition by mailbox order by file, number) as nth
        from mail_finding where kind = 'registration' order by mailbox, file, number)
  group by mailbox)
select b.fact_id as fact, b.mailbox as subject,
       f.services || coalesce(' (' || f.files || case when f.messages > 5 then ' …' else '' end || ')',
                              '') as observed,
       case when f.messages > 0 then 'fail'
            when coalesce(b.unread_count, 0) > 0 then 'unknown'
            else 'pass' end as result,
       case when f.messages > 0 then 'reason.mail.registered_outside'
            when coalesce(b.unread_count, 0) > 0 then 'reason.mail.messages_unread' end as reason
from mail_box b left join found f on f.mailbox = b.mailbox

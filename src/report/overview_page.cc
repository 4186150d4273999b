// Style and script of the overview. The script only hides rows; its digest stands in the policy.
#include <fmt/format.h>

#include "base/base64.h"
#include "base/hash.h"
#include "report/overview.h"
#include "report/xml.h"

namespace khien::report {
namespace {

constexpr const char* kStyle = R"(
:root{--met:#1b7f3b;--partly_met:#8a5a00;--not_met:#b3261e;--undetermined:#55606e}
*{box-sizing:border-box}
body{margin:0;background:#f3f4f6;color:#1a1a1a;font:15px/1.45 system-ui,"Segoe UI",Arial,sans-serif}
main{max-width:1180px;margin:0 auto;padding:16px}
header{background:#fff;border-bottom:3px solid var(--not_met);padding:14px 16px}
header>*{max-width:1148px;margin:0 auto}
h1{font-size:22px;line-height:1.25}h2{font-size:17px;margin:0 0 8px}
h3{font-size:15px;margin:0 0 6px}
header p{color:#444}
section{background:#fff;border:1px solid #dcdfe4;border-radius:6px;padding:14px 16px;
 margin:0 0 14px}
.mark{display:inline-block;border:2px solid #000;padding:0 6px;font-weight:bold;margin-bottom:6px}
a{color:#0b4f9c}a:focus-visible,select:focus-visible,button:focus-visible{
 outline:3px solid #0b4f9c}
.order+.order{margin-top:14px}.order p{margin:0 0 6px}
.bar{display:flex;height:34px;border-radius:4px;overflow:hidden;background:#dcdfe4}
.bar a{color:#fff;text-decoration:none;font-weight:bold;display:flex;align-items:center;
 justify-content:center;min-width:34px;border-right:2px solid #fff}
.bar a:last-child{border:0}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;margin:6px 0 0;padding:0;
 list-style:none;font-size:14px}
.dot{display:inline-block;width:11px;height:11px;border-radius:2px;margin-right:5px}
.met{background:var(--met)}.partly_met{background:var(--partly_met)}
.not_met{background:var(--not_met)}.undetermined{background:var(--undetermined)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(230px,1fr));gap:14px;
 margin-bottom:14px}
.cards section{margin:0}.big{font-size:28px;font-weight:bold;line-height:1.1}
.thin{height:8px;background:#dcdfe4;border-radius:4px;margin-top:8px;overflow:hidden}
.thin i{display:block;height:100%;background:#0b4f9c}
.faults{list-style:none;margin:0;padding:0}
.faults li{margin:0 0 7px}.faults a{display:grid;grid-template-columns:minmax(0,320px) 1fr;gap:10px;
 text-decoration:none;align-items:center}.faults a:hover span{text-decoration:underline}
.faults b{display:flex;align-items:center;gap:6px}.faults i{display:block;height:16px;min-width:3px;
 background:var(--not_met);border-radius:2px}
ol{margin:0;padding-left:22px}ol li{margin:0 0 5px}
form{display:flex;flex-wrap:wrap;gap:8px 14px;align-items:end;position:sticky;top:0;background:#fff;
 border:1px solid #dcdfe4;border-radius:6px;padding:10px 16px;margin:0 0 14px;z-index:1}
form[hidden],[hidden]{display:none!important}
label{font-size:13px;color:#444}label select{display:block;font:inherit;max-width:230px;padding:4px}
button{font:inherit;padding:4px 12px}output{font-weight:bold}
table{width:100%;border-collapse:collapse;font-size:14px}
caption{text-align:left;font-weight:bold;padding:0 0 6px}
th,td{text-align:left;vertical-align:top;border-bottom:1px solid #dcdfe4;padding:6px 8px;
 overflow-wrap:anywhere}th{background:#f3f4f6;overflow-wrap:break-word}
td p{margin:0 0 4px}tr:target,article:target{background:#fff6d6;scroll-margin-top:90px}
article{scroll-margin-top:90px}
.tag{display:inline-block;color:#fff;border-radius:3px;padding:1px 7px;font-size:13px;
 font-weight:bold;white-space:nowrap}
.demands{table-layout:fixed}.demands th:nth-child(1){width:17%}.demands th:nth-child(2){width:31%}
.demands th:nth-child(3){width:16%}article+article{margin-top:18px}article p{margin:0 0 6px}
@media(max-width:700px){main{padding:8px}section{padding:10px}h1{font-size:19px}
 .faults a{grid-template-columns:1fr;gap:2px}form{position:static}
 table,tbody,tr,td{display:block}thead{display:none}caption{display:block}
 tr{border-bottom:2px solid #b9bfc8;padding:6px 0}
 td{border:0;padding:2px 0}td[data-k]::before{content:attr(data-k) ": ";color:#555}
 td:empty{display:none}}
@page{size:A4;margin:15mm}
@media print{body{background:#fff;font-size:10.5pt}main{padding:0;max-width:none}form{display:none}
 header{padding:0 0 6px}section{border:0;border-top:1px solid #999;border-radius:0;padding:8px 0}
 a{color:inherit;text-decoration:none}table{font-size:9.5pt}thead{display:table-header-group}
 tr,.order,.cards section{break-inside:avoid}h2,h3,caption,article>p{break-after:avoid}
 .bar,.bar a,.thin,.thin i,.faults i,.dot,.tag,th{print-color-adjust:exact;
 -webkit-print-color-adjust:exact}}
)";

constexpr const char* kScript = R"(
(function(){
var form=document.getElementById('filter');if(!form)return;form.hidden=false;
var pick=function(n){return form.elements[n]};
var holds=function(list,word){return ('|'+(list||'')+'|').indexOf('|'+word+'|')>=0};
function go(){
 var v=pick('v').value,s=+pick('s').value,u=pick('u').value,shown=0;
 document.querySelectorAll('tr[data-demand]').forEach(function(r){
  r.hidden=(v&&r.dataset.v!==v)||(s&&+r.dataset.s<s)||(u&&!holds(r.dataset.u,u));});
 document.querySelectorAll('article[data-list]').forEach(function(a){
  var any=0;
  a.querySelectorAll('tr[data-s]').forEach(function(r){
   r.hidden=(s&&+r.dataset.s<s)||(u&&r.dataset.u!==u);if(!r.hidden)any++;});
  a.hidden=(v&&!holds(a.dataset.v,v))||((s||u)&&!any);if(!a.hidden)shown+=any;});
 pick('n').value=shown;
}
form.addEventListener('change',go);
pick('all').addEventListener('click',function(){form.reset();go();});
document.querySelectorAll('a[data-verdict]').forEach(function(a){
 a.addEventListener('click',function(){pick('v').value=a.dataset.verdict;go();});});
document.querySelectorAll('a[data-show]').forEach(function(a){
 a.addEventListener('click',function(){form.reset();go();});});
go();
})();
)";

std::string digest_of(const char* script) {
  Sha256 hash;
  hash.add(script);
  return base64_text(hash.finish());
}

}  // namespace

std::string overview_page(const std::string& lang, const std::string& title,
                          const std::string& body) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "style-src 'unsafe-inline'; script-src 'sha256-{}'; form-action 'none'; "
      "base-uri 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n{}<script>{}</script>\n</body>\n</html>\n",
      lang, digest_of(kScript), escaped(title), kStyle, body, kScript);
}

}  // namespace khien::report

// Office documents and PDF files that start something by themselves.

rule office_equation_editor
{
  meta:
    description = "RTF or OLE document that calls the old equation editor (CVE-2017-11882, CVE-2018-0802)"
    severity = "high"
  strings:
    $rtf = "{\\rt"
    $clsid_hex = "02ce020000000000c000000000000046" nocase
    $name_hex = "4571756174696f6e2e33" nocase
    $clsid = { 02 CE 02 00 00 00 00 00 C0 00 00 00 00 00 00 46 }
    $name = "Equation.3" wide ascii
    $ole = { D0 CF 11 E0 A1 B1 1A E1 }
    $link = "\\objupdate" nocase
  condition:
    ($rtf at 0 and ($clsid_hex or $name_hex) and $link)
    or ($ole at 0 and $clsid and $name)
}

rule office_macro_runs_program
{
  meta:
    description = "Macro source that runs by itself when the document opens and starts a program or a download"
    severity = "high"
  strings:
    $open1 = "AutoOpen" nocase wide ascii
    $open2 = "Document_Open" nocase wide ascii
    $open3 = "Workbook_Open" nocase wide ascii
    $open4 = "Auto_Open" nocase wide ascii
    $run1 = "WScript.Shell" nocase wide ascii
    $run2 = "Shell.Application" nocase wide ascii
    $run3 = "URLDownloadToFile" nocase wide ascii
    $run4 = "MSXML2.XMLHTTP" nocase wide ascii
    $run5 = "powershell" nocase wide ascii
    $run6 = "ADODB.Stream" nocase wide ascii
    $macro1 = "VBA_PROJECT" wide ascii
    $macro2 = "Attribute VB_" ascii
    $macro3 = "vbaProject.bin" ascii
  condition:
    filesize < 20MB and any of ($macro*) and any of ($open*) and any of ($run*)
}

rule office_dde_command
{
  meta:
    description = "Field of a document that starts a command (DDEAUTO)"
    severity = "high"
  strings:
    $dde = /DDE(AUTO)?\s{1,8}"?[a-zA-Z]?:?[\\\/a-zA-Z0-9_.]{0,80}(cmd|powershell|mshta|wscript|rundll32)/ nocase
    $word = "word/document.xml"
    $xml = "<w:instrText"
    $rtf = "{\\rt"
  condition:
    $dde and ($xml or $word or $rtf at 0)
}

rule office_remote_template
{
  meta:
    description = "Document that fetches its template from the network"
    severity = "medium"
  strings:
    $kind = "relationships/attachedTemplate"
    $far = /Target="https?:\/\/[^"]{4,200}"\s{1,4}TargetMode="External"/ nocase
    $back = /TargetMode="External"\s{1,4}Target="https?:\/\/[^"]{4,200}"/ nocase
    $rtf = "{\\rt"
    $rtf_template = /\{\\\*\\template\s{0,4}https?:\/\// nocase
  condition:
    ($kind and ($far or $back)) or ($rtf at 0 and $rtf_template)
}

rule pdf_starts_program
{
  meta:
    description = "PDF that starts a program or a script when it opens"
    severity = "high"
  strings:
    $pdf = "%PDF-"
    $open = "/OpenAction"
    $again = "/AA"
    $launch = /\/S\s{0,4}\/Launch/
    $program = /\/F\s{0,4}\([^)]{0,120}(cmd|powershell|mshta|wscript)(\.exe)?\)/ nocase
    $script = "/JavaScript"
    $export = "exportDataObject" nocase
  condition:
    $pdf in (0..1024) and ($open or $again) and (($launch and $program) or ($script and $export))
}

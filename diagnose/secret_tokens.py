"""What the tokens of the large vendors look like."""

HEX = "0123456789abcdef"
# Kind, then expressions of what its tokens look like, each with words of which it has one. Where
# nothing stands for a word, all lines are searched at once: by a class of characters it is quick.
TOKENS = {
    "github": {
        "ghp_ gho_ ghu_ ghs_ ghr_": r"gh[pousr]_[A-Za-z0-9]{20,}",
        "github_pat_": r"github_pat_\w{20,}",
    },
    "gitlab": {
        "gl": r"gl(?:pat|ptt|dt|rt|cbt|ft|soat|agent|imt|oas|ffct|wt)-(?=[\w-]{0,40}\d)[\w-]{16,}"
        r"(?:\.[\w.]+)?"
    },
    "aws": {
        "akia asia aroa aida abia acca": r"(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{16}"
        r"(?![A-Za-z0-9])"
    },
    "google": {
        "aiza": r"AIza[\w-]{30,}",
        "ya29.": r"ya29\.[\w-]{20,}",
        "gocspx-": r"GOCSPX-[\w-]{20,}",
        "1//0": r"1//0[\w-]{30,}",
    },
    "slack": {
        "xox": r"xox[a-z](?:\.xox[a-z])?-[\w-]{10,}",
        "xapp-": r"xapp-[\w-]{10,}",
        "hooks.slack.com": r"(?<=hooks\.slack\.com/)(?:services|workflows|triggers)/[\w/]{20,}",
    },
    "stripe": {"k_": r"[rsp]k_(?:live|test)_[A-Za-z0-9]{10,}", "whsec_": r"whsec_[\w+/=]{16,}"},
    "npm": {"npm_": r"npm_[A-Za-z0-9]{30,}"},
    "pypi": {"pypi-": r"pypi-(?:AgE[\w-]{10,}|(?=[\w-]{0,99}[A-Z])[\w-]{40,})"},
    "sendgrid": {"sg.": r"SG\.[\w-]{16,}\.[\w-]{16,}"},
    "azure": {"sig=": r"(?<=sig=)[\w%+/=-]{20,}", "q~": r"[\w.~-]{3}8Q~[\w.~-]{30,}"},
    "twilio": {
        " ".join(f"sk{digit}" for digit in HEX): r"SK[0-9a-f]{32}(?![0-9a-f])",
        " ".join(f"ac{digit}" for digit in HEX): r"AC[0-9a-f]{32}(?![0-9a-f])",
    },
    "telegram": {":aa": r"\d{8,10}:AA[\w-]{30,}"},
    "openai": {"sk-": r"sk-(?=[\w-]{0,99}\d)[\w-]{20,}"},
    "huggingface": {"hf_": r"hf_[A-Za-z0-9]{30,}", "api_org_": r"api_org_[A-Za-z0-9]{30,}"},
    "docker": {"dckr_": r"dckr_(?:pat|oat)_[\w-]{20,}"},
    "digitalocean": {"_v1_": r"do[opr]_v1_[0-9a-f]{32,}"},
    "databricks": {"dapi": r"dapi[0-9a-f]{32}(?:-\d)?"},
    "vault": {"hv": r"hv[sbr]\.[\w-]{20,}", ".atlasv1.": r"\w{14}\.atlasv1\.[\w-]{40,}"},
    "jwt": {"eyj": r"eyJ[\w-]{4,4000}+\.[\w-]{8,}(?:\.[\w-]+){0,3}"},
    "shopify": {"shp": r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"},
    "square": {"sq0": r"sq0[a-z]{3}-[\w-]{20,}"},
    "mailgun": {"key-": r"key-[0-9a-f]{32}(?![0-9a-f])"},
    "mailchimp": {"-us": r"[0-9a-f]{32}-us\d{1,2}(?!\w)"},
    "grafana": {"gl": r"glsa_\w{32,}", "glc_": r"glc_[\w+/=]{32,}"},
    "sentry": {"sntry": r"sntry[a-z]_[\w+/=-]{30,}"},
    "newrelic": {"nrak-": r"NRAK-[A-Z0-9]{20,}"},
    "atlassian": {"atatt3": r"ATATT3[\w=-]{30,}"},
    "linear": {"lin_": r"lin_(?:api|oauth)_[A-Za-z0-9]{30,}"},
    "rubygems": {"rubygems_": r"rubygems_[0-9a-f]{40,}"},
    "heroku": {"hrku-": r"HRKU-[\w-]{30,}"},
    "discord": {"": r"[MNO](?<![A-Za-z0-9].)[A-Za-z0-9]{23,27}\.[\w-]{6}\.[\w-]{27,}"},
    "age": {"age-secret-key-": r"AGE-SECRET-KEY-1[A-Z0-9]{40,}"},
    "various": {
        "pscale_": r"pscale_\w{2,5}_[\w.-]{30,}",
        "pmak-": r"PMAK-[0-9a-f]{24}-[0-9a-f]{34}",
        "dp.": r"dp\.(?:pt|st|ct|sa)\.[\w.-]{30,}",
        "gsk_": r"gsk_[A-Za-z0-9]{30,}",
        "sbp_": r"sbp_[0-9a-f]{40}",
        "figd_": r"figd_[\w-]{30,}",
        "ntn_": r"ntn_[A-Za-z0-9]{30,}",
        "pul-": r"pul-[0-9a-f]{40}",
        "akcp": r"AKCp[A-Za-z0-9]{60,}",
        "cmvmdgtu": r"cmVmdGtu[A-Za-z0-9]{50,}",
        "squ_ sqa_ sqp_": r"sq[uap]_[0-9a-f]{40}",
        "bkua_": r"bkua_[0-9a-f]{40}",
        "ccipat_": r"CCIPAT_\w{20,}",
        "dt0": r"dt0[a-z]\d\d\.[A-Z0-9]{24}\.[A-Z0-9]{64}",
        "nfp_": r"nfp_[A-Za-z0-9]{36,}",
        "r8_": r"r8_[A-Za-z0-9]{37}",
        "fm2_": r"fm2_[\w+/=-]{40,}",
        "cfpat-": r"CFPAT-[\w-]{40,}",
        "oy2": r"oy2[a-z0-9]{43}(?![a-z0-9])",
        "/api/webhooks/": r"(?<=/api/webhooks/)\d{10,20}/[\w-]{30,}",
    },
}

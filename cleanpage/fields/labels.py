"""The words that announce a value (``来源:``, ``责编/``, ``Updated:``) and what each of them announces.

TAXONOMY 1.6 to 1.11 and 1.25 list the Chinese ones; words are written as printed and looked up folded, without blanks.
"""

from __future__ import annotations

from cleanpage.text import fold

_WORDS: dict[str, str] = {
    "source": """来源 來源 稿源 文章来源 信息来源 信息來源 本文来源 新闻来源 消息来源 稿件来源 文稿来源 来源于 出处
        转自 转载自 source sources quelle quellen fuente fonte źródło источник πηγή 出典 출처""",
    "author": """作者 作者名 本文作者 文章作者 撰文 撰稿 撰稿人 文 采写 執筆 著者 筆者 author authors by writtenby
        autor autorin auteur autore автор συντάκτης 글 기자""",
    "reporter": """记者 記者 本报记者 本报通讯员 通讯员 通訊員 本网记者 特约记者 实习记者 采访 供稿 投稿 reporter""",
    "editor": """编辑 編輯 责编 責編 责任编辑 責任編輯 执行编辑 值班编辑 本期编辑 文字编辑 视频编辑 网络编辑 实习编辑
        助理编辑 栏目编辑 流程编辑 美编 主编 主編 总编 总编辑 执行主编 值班主编 副主编 校对 校對 责任校对
        审核 審核 审校 审签 审读 编审 初审 复审 终审 一审 二审 三审 监制 監製 总监制 策划 统筹 统筹编辑 制作
        网编 选稿 排版 录入 录入员 录入者 责任审核 值班编委 签发 editor editors editedby redaktion redakteur
        rédaction redakcja редактор 編集 편집""",
    "published": """发布时间 發佈時間 發布時間 发布日期 發佈日期 發布日期 发布于 发布 发表时间 發表時間 发表日期 发表于
        发表 时间 時間 日期 上稿时间 公开日期 公布日期 录入时间 添加时间 上传时间 出版時間 出版时间 发稿时间
        创建时间 公開日 投稿日 掲載日 配信日 published publishedon publishedat publicationdate datepublished
        posted postedon date released firstpublished createdon veröffentlicht veröffentlichtam erstellt
        erstelltam datum publié publiéle publicado publicadoel pubblicato pubblicatoil opublikowano data
        fecha опубликовано дата δημοσίευση δημοσιεύθηκε 입력 기사입력 등록 등록일 게시일""",
    "modified": """更新时间 更新時間 更新日期 更新于 更新 最后更新 最後更新 最后更新时间 修改时间 最后修改 更新日
        最終更新 最終更新日 updated updatedon lastupdated lastupdatedon lastmodified modified modifiedon
        aktualisiert aktualisiertam stand letzteaktualisierung misàjour misàjourle actualizado actualizadoel
        aggiornato aggiornatoil atualizado zaktualizowano aktualizacja обновлено ενημέρωση ενημερώθηκε 수정
        기사수정 최종수정""",
    "original_title": """原标题 原標題 本文原标题 原题 原題 原文标题 原文標題""",
    "title": """标题 题 標題 名称 名稱 文件名称 信息名称""",
    "index_number": """索引号 索引號 索引 信息索引号""",
    "number": """文号 文號 发文字号 發文字號 发文文号 文件编号 文件号 发文编号""",
    "issuer": """发文机关 發文機關 发布机构 发布机关 发文单位 发文部门 公开主体 制发机关 发布单位 信息来源单位""",
    "written": """成文日期 成文时间 发文日期 生成日期 印发日期 签发日期 发文时间""",
    "topic": """主题分类 主题类别 主题 信息分类 分类 所属主题 内容分类 组配分类""",
    "keywords": """主题词 主題詞 关键词 關鍵詞 关键字""",
    # They announce nothing that is kept, but they end the value before them.
    "other": """浏览次数 浏览量 浏览 瀏覽 阅读次数 阅读量 阅读数 阅读 点击数 点击量 点击次数 点击率 点击 访问量 人气
        人氣 点阅 字号 字號 字体 字體 评论 評論 评论数 分享到 分享 打印 公开方式 有效性 统一编号 公开范围
        公开形式 公开时限 生效日期 失效日期 截止日期 废止日期 体裁分类 体裁 服务对象 服务对象分类 语种
        载体类型 著录日期 标签 tags 电话 联系电话 邮箱 地址 views comments share category categories 图片来源
        视频来源 摄影 摄 图 制图 翻译 编译 栏目 频道 所属栏目 专题 credit photo photos image readingtime
        readtime""",
}

MEANINGS: dict[str, str] = {fold(word): meaning for meaning, words in _WORDS.items() for word in words.split()}
"""Folded label without blanks: what it announces."""

ENDINGS = frozenset(label[at:] for label in MEANINGS for at in range(len(label)))
"""All ends of all labels: how far back from a colon it is worth looking."""

DOCUMENT_MEANINGS = frozenset({"index_number", "number", "issuer", "written", "topic", "keywords"})
"""What only the head table of a government paper announces."""

DOCUMENT_LABELS = {label: meaning for label, meaning in MEANINGS.items() if meaning in DOCUMENT_MEANINGS}
"""Those of ``MEANINGS`` that do so."""

ROW_ENDS = frozenset(label[-1] for label in DOCUMENT_LABELS)
"""Their last characters."""

"""Places that Chinese pages name alone: where an account wrote from, a site's channel for a town."""

from __future__ import annotations

from cleanpage.fields.shared.words import words

PLACES = words(
    """北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川
    贵州 云南 陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 台湾 中国香港 中国澳门 中国台湾 北上广 长三角
    珠三角 石家庄 太原 沈阳 大连 长春 哈尔滨 南京 苏州 无锡 常州 南通 扬州 徐州 杭州 宁波 温州 绍兴 嘉兴 金华
    合肥 芜湖 福州 厦门 泉州 南昌 济南 青岛 烟台 潍坊 临沂 郑州 洛阳 武汉 宜昌 襄阳 长沙 株洲 广州 深圳 东莞
    佛山 珠海 中山 惠州 汕头 海口 三亚 成都 绵阳 贵阳 遵义 昆明 大理 西安 兰州 西宁 呼和浩特 包头 南宁 桂林 柳州
    拉萨 银川 乌鲁木齐 唐山 保定 台北 高雄 日本 美国 英国 加拿大 澳大利亚 新加坡 马来西亚 韩国 法国 德国"""
)
"""Folded; provinces, larger towns, countries."""

"""Articles of our own, long enough to be told apart."""

BRIDGE = (
    "The town council met on Monday evening to settle what is to become of the old stone bridge. It has been closed to "
    "lorries since the March flood, which carried away two of its five "
    "pillars and left a crack in the third. Engineers "
    "from the county told the meeting that repairs would last until autumn and cost close to four million. The mayor "
    "said that the ferry would run every half hour until then, and that schools would open later for pupils from the "
    "far bank. Several shopkeepers asked for help with their rent, because hardly anyone now walks through the lower "
    "market. A vote on the money is planned for the second week of May, once the insurer has given its answer."
)
MILK = (
    "Farmers in the upper valley gathered at the market hall on Friday to talk about the price of milk. Dairies have "
    "lowered what they pay three times since winter, while hay and diesel have become dearer. A young farmer from the "
    "northern slope said that she had sold half of her herd. The cooperative wants to build a cheese store of its own "
    "and to sell to hotels without a middleman. It has asked the bank for a loan, and the bank wants to see a plan by "
    "harvest time. Most of those present raised their hands when the chairman asked who would join."
)
LIBRARY = (
    "After two years of building the new library opens its doors on Saturday. Readers will find four floors with room "
    "for ninety thousand books, a hall for concerts, and a terrace from which one sees the harbour. The architect kept "
    "the brick wall of the grain store that once stood here and set a roof of larch above it. Children may borrow "
    "instruments as well as books, and every evening somebody reads aloud in the cellar. The old building beside the "
    "church becomes a youth club. Trams stop in front of the entrance every eight minutes."
)
DAM = (
    "5月5日下午,青石镇召开防汛准备工作会议,安排部署今年汛期的各项工作。会议指出,去年夏天的大水冲毁了下游两座小桥,三个村庄的农田受淹,"
    "堤坝至今还没有完全修复。镇长要求各村在六月以前完成堤坝加固,清理河道里的淤泥和杂物,并把转移路线告诉每一户居民。水利站的技术员介绍说,"
    "上游水库目前水位正常,雨量每六小时记录一次,遇到暴雨改为每小时记录一次。会后,参会人员到河边查看了正在施工的泵站。"
)
TEA = (
    "入春以来,云台县的茶农忙着采摘今年的第一批新茶。由于三月气温偏低,茶树发芽比往年晚了将近十天,但是叶片更加厚实,香气也更浓。合作社的负责人"
    "告诉记者,今年收购价每斤比去年高出二十元,外地客商已经订走了一半的产量。县里还新修了通往山上茶园的水泥路,运茶的车不用再绕远路。周末的时候,"
    "许多城里的家庭开车上山,跟着茶农学习采茶和炒茶。"
)
